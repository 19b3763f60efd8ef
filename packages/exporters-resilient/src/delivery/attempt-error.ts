/** Why nothing could be sent, known here and not from the receiver. The message goes into the log: nothing secret is in it. */
export class AttemptError extends Error {
  /** As it stands in the ledger. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = new.target.name;
    this.code = code;
  }
}
