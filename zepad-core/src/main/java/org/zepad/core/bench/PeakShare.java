package org.zepad.core.bench;

import java.util.OptionalDouble;

/**
 * How much of what the processor can compute inference makes use of, at the size of batch where it
 * is fastest.
 *
 * @param batch that size
 * @param ofPeak share of the {@link Peak}; empty where that is not known
 * @param ofMatmul share of the fastest matrix product; empty where none was measured
 */
public record PeakShare(int batch, OptionalDouble ofPeak, OptionalDouble ofMatmul) {}
