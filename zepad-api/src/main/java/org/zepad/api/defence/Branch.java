package org.zepad.api.defence;

import org.zepad.api.encoder.Encoder;

/**
 * One branch of a defence.
 *
 * @param name unique within the defence, kebab case
 * @param role what it is for
 * @param encoder its encoder
 */
public record Branch(String name, Role role, Encoder encoder) {}
