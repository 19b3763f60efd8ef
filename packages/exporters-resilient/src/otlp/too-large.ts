// In the words of the gRPC libraries: "received message larger than max (5242880 vs. 4194304)"; of the Collector over HTTP, which
// answers 400: "http: request body too large".
const TOO_LARGE = /larger than|too large|exceeds (?:the )?(?:maximum|max|limit)/i;

/** Whether a receiver says that a request is too large, which its code alone does not tell. */
export function saysTooLarge(text: string): boolean {
  return TOO_LARGE.test(text);
}
