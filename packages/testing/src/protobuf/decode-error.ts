/** Bytes or JSON that are not what they claim to be. `message` says where: `Span.trace_id at byte 17: …`. */
export class DecodeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DecodeError';
  }
}
