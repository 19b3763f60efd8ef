/** Whether a failure with that code is a connection that the other side has closed. */
export function isReset(code: unknown): boolean {
  return code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET';
}
