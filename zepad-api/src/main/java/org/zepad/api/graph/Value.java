package org.zepad.api.graph;

/** An array in a {@link Graph}: an input, a constant or a result. Of use to that graph alone. */
public interface Value {}
