/** Keeps what was taken out, so that it can be put back by who may. */
export interface RedactionVault {
  /**
   * Keeps a value and returns what stands for it: up to 32 letters, digits and hyphens, the same for the same value
   * where it can. Called on the thread that exports; must not block. What it throws makes the redaction fail closed:
   * the whole text is replaced.
   */
  store(kind: string, value: string): string;
  /** The value, or `undefined` when it is not known any more. */
  open(id: string): string | undefined;
}

const PLACEHOLDER = /\[REDACTED:[a-z0-9_]{1,40} @([A-Za-z0-9-]{1,32})\]/g;

/** Puts back what `vault` still knows. Placeholders of other actions, and of what it has forgotten, stay. */
export function restoreRedacted(text: string, vault: RedactionVault): string {
  return text.replaceAll(PLACEHOLDER, (placeholder, id: string) => vault.open(id) ?? placeholder);
}
