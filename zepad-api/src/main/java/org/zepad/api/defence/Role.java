package org.zepad.api.defence;

/** What a branch is for (ZePAD, section 3). */
public enum Role {
  /** Multi-Pattern Adversarial Enhancement: adversarially fine-tuned. */
  MPAE,
  /** Benign Memory Preservation: pre-trained on local data, used clean, never published. */
  BMP
}
