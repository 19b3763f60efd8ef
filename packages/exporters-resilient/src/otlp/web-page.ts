const LOOKED_AT = 1024;
const STARTS = ['<!doctype html', '<html', '<head', '<body'];

/**
 * Whether a body is a page for people: what a login, a captive portal or another service on the same port answers to
 * everything, with status 200. No receiver of OTLP does.
 */
export function isWebPage(body: Uint8Array): boolean {
  if (body.length === 0) return false;
  let text = new TextDecoder().decode(body.subarray(0, LOOKED_AT)).trimStart().toLowerCase();
  // An XML declaration and comments may come first.
  while (text.startsWith('<?') || text.startsWith('<!--')) {
    const end = text.startsWith('<?') ? '>' : '-->';
    const at = text.indexOf(end);
    if (at < 0) return false;
    text = text.slice(at + end.length).trimStart();
  }
  return STARTS.some((start) => text.startsWith(start));
}

/** Whether the `content-type` header of an answer says that it is one. */
export function claimsWebPage(contentType: string | undefined): boolean {
  return /^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(contentType ?? '');
}
