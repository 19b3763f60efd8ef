const QUOTE = 34;
const BACKSLASH = 92;

/**
 * Follows a text that may be one JSON document: redacted as a whole, it is read by its keys and stays JSON. Knows after
 * each part whether it may still be one.
 */
export class JsonDocument {
  #depth = 0;
  #inString = false;
  #isEscaped = false;
  #hasStarted = false;
  #isRefuted = false;

  /** False once the text does not start as an object or a list, or goes on behind its end. */
  mayBeOne(part: string): boolean {
    for (let i = 0; i < part.length && !this.#isRefuted; i++) this.#take(part.charCodeAt(i));
    return !this.#isRefuted;
  }

  #take(code: number): void {
    if (this.#inString) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (code === BACKSLASH) this.#isEscaped = true;
      else if (code === QUOTE) this.#inString = false;
      return;
    }
    if (code === 32 || code === 9 || code === 10 || code === 13) return;
    const opens = code === 123 || code === 91;
    if (this.#depth === 0 && (this.#hasStarted || !opens)) {
      this.#isRefuted = true;
      return;
    }
    this.#hasStarted = true;
    if (opens) this.#depth++;
    else if (code === 125 || code === 93) this.#depth--;
    else if (code === QUOTE) this.#inString = true;
  }
}
