/** Ends the bootstrap with one line for the user and no stack trace. */
export class StopMessage extends Error {
  /**
   * @param {string} message
   * @param {number} exitCode
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
