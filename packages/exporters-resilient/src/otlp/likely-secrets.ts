const MASK = '[redacted]';
/** `Authorization: Bearer …`, `api_key=…`, `"token": "…"`: what stands behind the name. */
const NAMED =
  /((?:api[-_ ]?key|access[-_ ]?key|passw(?:or)?d|secret|token|authorization|cookie|credentials?)["'\\]*\s*[:=]\s*["'\\]*)((?:bearer|basic|token|apikey)\s+)?[^\s"'\\,;&<>()]{4,}/gi;
const SCHEME = /\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi;
/** User and password of a URL. */
const LOGIN = /(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/"'<>@]{1,256}(?:@[^\s/"'<>@]{1,256}){0,4}@/gi;
/** `login name:password`. A port behind a host is none, nor are the names of other things that have colons. */
const PAIR =
  /(\b(?:log-?in|log-?on|sign-?in|user(?:name)?)\s{1,4}["'(<]?(?!(?:arn|urn|https?|role|group|id):)[^\s"'<>:/@]{1,64}:)(?!\d{1,5}(?![^\s.,;)]))[^\s"'<>:/][^\s"'<>]{3,255}/gi;
/** Where a token may stand. Paths, host names and names of types have characters between their parts. */
const WORD = /[A-Za-z0-9_+=-]{16,}/g;
/** A key in base64: it may have slashes, as paths have. */
const BASE64 = /(?<![\w+/=-])[A-Za-z0-9+/]{32,}={0,2}(?![\w+/=-])/g;
const LEAST_MIXED = 20;
const LEAST_PART = 16;

/**
 * The text without what looks like a token or a login, whosever it is: what a receiver answers with is logged, and may
 * quote more than our own headers. Ids of traces and requests, names and numbers stay. This is what is done without a
 * policy; `@llm-otel/sdk` redacts the whole line as well.
 */
export function withoutLikelySecrets(text: string): string {
  return text
    .replaceAll(NAMED, (_all, name: string) => name + MASK)
    .replaceAll(SCHEME, (_all, scheme: string) => `${scheme} ${MASK}`)
    .replaceAll(LOGIN, (_all, start: string) => `${start}${MASK}@`)
    .replaceAll(PAIR, (_all, start: string) => start + MASK)
    .replaceAll(BASE64, (word) => (isRandom(word) ? MASK : word))
    .replaceAll(WORD, (word) => (isToken(word) ? MASK : word));
}

/** All kinds of characters, and another kind at every third letter at least: words and paths keep to one for longer. */
function isRandom(word: string): boolean {
  if (!/\d/.test(word) || !/[a-z]/.test(word) || !/[A-Z]/.test(word)) return false;
  const runs = word.match(/[a-z]+|[A-Z]+|\d+/g)?.length ?? 0;
  return runs * 3 >= word.length;
}

/** Random text: letters and digits in one long run, or in both cases with something between them. */
function isToken(word: string): boolean {
  if (!/\d/.test(word) || !/[A-Za-z]/.test(word)) return false;
  if (word.length >= LEAST_MIXED && /[a-z]/.test(word) && /[A-Z]/.test(word)) return true;
  const parts = word.split(/[-_]/);
  const long = parts.filter(
    (part) => part.length >= LEAST_PART && /\d/.test(part) && /[A-Za-z]/.test(part),
  );
  // A lone run of hexadecimal digits is an id of a trace, a span or a request.
  return long.some((part) => parts.length > 1 || !/^[0-9a-f]+$/i.test(part));
}
