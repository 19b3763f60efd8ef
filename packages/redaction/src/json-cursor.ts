import { stringEnd } from './json-string.ts';

const LITERAL = /true|false|null|-?\d[\d.eE+-]*/y;

/** A place in a text that is read as JSON, from its start to its end. */
export class JsonCursor {
  protected readonly text: string;
  protected at = 0;

  constructor(text: string) {
    this.text = text;
  }

  protected take(code: number): boolean {
    if (this.text.charCodeAt(this.at) !== code) return false;
    this.at++;
    return true;
  }

  protected takeLiteral(): boolean {
    LITERAL.lastIndex = this.at;
    if (!LITERAL.test(this.text)) return false;
    this.at = LITERAL.lastIndex;
    return true;
  }

  /** False, and nowhere else, where the string is not closed. */
  protected takeString(): boolean {
    const end = stringEnd(this.text, this.at);
    if (end < 0) return false;
    this.at = end;
    return true;
  }

  protected skipSpaces(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.at++;
    }
  }
}
