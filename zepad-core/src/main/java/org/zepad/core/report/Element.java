package org.zepad.core.report;

/** A thing that a section shows. */
public sealed interface Element
    permits Code, DataTable, Facts, HistogramPlot, LinePlot, Notice, PictureGrid {}
