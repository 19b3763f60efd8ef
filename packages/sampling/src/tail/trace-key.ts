/** What tables are asked for: each of them, about each trace that begins, and seldom one knows it. */
export interface TraceKey {
  readonly traceId: string;
  /**
   * 32 bits spread from the end of the id, which is random or counts with every id generator: enough to say that nothing
   * is known of most traces.
   */
  readonly bits: number;
}

/** 64 bits spread from all 128 of a trace id, as two whole numbers of 32, and where a table has its place for it. */
export interface TraceHash {
  readonly high: number;
  readonly low: number;
  readonly place: number;
}

export function keyOf(traceId: string): TraceKey {
  return { traceId, bits: mixed(wordOf(traceId, 24)) };
}

export function hashOf(traceId: string): TraceHash {
  const high = mixed(wordOf(traceId, 0)) ^ wordOf(traceId, 16);
  const low = mixed(wordOf(traceId, 8)) ^ wordOf(traceId, 24);
  return { high, low, place: placeOf(high, low) };
}

/** Of all bits: some id generators leave one half constant, or count. */
export function placeOf(high: number, low: number): number {
  return mixed(high ^ Math.imul(low, 0x9e37_79b1));
}

/** 32 bits of the id. */
function wordOf(traceId: string, first: number): number {
  let word = 0;
  for (let at = first; at < first + 8; at++) word = (word << 4) | digitOf(traceId, at);
  return word;
}

/** Spreads each bit over all 32, so that ids that are alike but for the place of a digit do not look the same. */
function mixed(word: number): number {
  const half = Math.imul(word ^ (word >>> 16), 0x85eb_ca6b);
  const rest = Math.imul(half ^ (half >>> 13), 0xc2b2_ae35);
  return rest ^ (rest >>> 16);
}

function digitOf(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return (code < 58 ? code - 48 : code - 87) & 15;
}
