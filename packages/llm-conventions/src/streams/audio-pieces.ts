import { bytesOfBase64 } from '../messages/base64.ts';
import { blobPart, filePart, textPart } from '../messages/parts.ts';
import type { MessagePart } from '../messages/message-types.ts';

// More is not carried along on a span.
const MAX_BYTES = 8 * 1024 * 1024;

/** What is said aloud in a stream: its sound in pieces of base64, each one whole in itself or cut anywhere, and its text. */
export class AudioPieces {
  readonly #mimeType: string | undefined;
  #pieces: Uint8Array[] = [];
  #text = '';
  #bytes = 0;
  /** Of a piece that ends inside of a group of four characters. */
  #rest = '';
  #id: string | undefined;

  constructor(mimeType?: string) {
    this.#mimeType = mimeType;
  }

  /** @returns how many characters of text it took */
  add({ id, data, transcript }: AudioPiece, room: number): number {
    if (typeof id === 'string' && id !== '') this.#id ??= id;
    if (typeof data === 'string') this.#addSound(data);
    if (typeof transcript !== 'string' || transcript.length > room) return 0;
    this.#text += transcript;
    return transcript.length;
  }

  parts(): MessagePart[] {
    const parts = this.#text === '' ? [] : [textPart(this.#text)];
    this.#addBytes(this.#rest);
    this.#rest = '';
    if (this.#bytes > MAX_BYTES)
      parts.push({ type: 'omitted', modality: 'audio', byte_length: this.#bytes });
    else if (this.#bytes > 0) parts.push(blobPart('audio', joined(this.#pieces), this.#mimeType));
    else if (this.#id !== undefined) parts.push(filePart('audio', this.#id));
    return parts;
  }

  #addSound(data: string): void {
    const all = this.#rest + data;
    const whole = all.length - (all.length % 4);
    this.#rest = all.slice(whole);
    this.#addBytes(all.slice(0, whole));
  }

  #addBytes(data: string): void {
    const bytes = data === '' ? undefined : bytesOfBase64(data);
    if (bytes === undefined) return;
    this.#bytes += bytes.byteLength;
    // Too much is told by its length.
    if (this.#bytes > MAX_BYTES) this.#pieces = [];
    else this.#pieces.push(bytes);
  }
}

export interface AudioPiece {
  readonly id?: unknown;
  /** Base64. */
  readonly data?: unknown;
  readonly transcript?: unknown;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}
