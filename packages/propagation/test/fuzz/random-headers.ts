import type { Random } from './random.ts';

/** The headers of a request as an attacker may send them. */
export interface RandomHeaders {
  readonly name: 'traceparent' | 'tracestate' | 'baggage' | 'uber-trace-id';
  readonly value: string | string[];
}

// What valid headers are made of, and what breaks parsers: separators, percent signs, line breaks, half characters.
const PIECES = [
  ...'0123456789abcdefghijxyzABCDEFG-_.:;,=%@/* \t"\\\r\n\0'.split(''),
  '00-',
  '-01',
  'ff',
  '%41',
  '%C3%BC',
  '%FF',
  '%F0%9F',
  '%%',
  '%zz',
  'ot=th:c',
  'key=value',
  'a=1,b=2',
  ';p=1',
  'é',
  '\uD83D',
  '🎉',
  '\u2028',
  '__proto__=1',
  '0'.repeat(16),
  'f'.repeat(32),
  'x'.repeat(300),
  ' '.repeat(64),
  ','.repeat(40),
] as const;
const VALID: Readonly<Record<RandomHeaders['name'], string>> = {
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  tracestate: 'ot=th:c;rv:6e6d1a75832a2f,congo=t61rcWkgMzE,rojo=00f067aa0ba902b7',
  baggage: 'session.id=s-42,user.id=Gr%C3%BC%C3%9Fe;p=1,tenant=acme',
  'uber-trace-id': '0af7651916cd43dd8448eb211c80319c:b7ad6b7169203331:0:1',
};
const NAMES = Object.keys(VALID) as RandomHeaders['name'][];

/** One header: pieces at random, or a valid one with a few changes, now and then several lines or a long one. */
export function randomHeader(random: Random): RandomHeaders {
  const name = NAMES[random(NAMES.length)] as RandomHeaders['name'];
  const line = (): string => (random(4) === 0 ? pieces(random) : changed(VALID[name], random));
  if (random(50) !== 0) return { name, value: line() };
  return { name, value: Array.from({ length: random(5) }, line) };
}

function pieces(random: Random): string {
  // Mostly short; one of 256 is a few thousand pieces.
  const length = random(256) === 0 ? random(4000) : random(24);
  let text = '';
  for (let at = 0; at < length; at++) text += piece(random);
  return text;
}

function changed(valid: string, random: Random): string {
  let text = valid;
  for (let changes = random(4); changes > 0; changes--) {
    const at = random(text.length + 1);
    const end = at + random(3);
    text = text.slice(0, at) + (random(3) === 0 ? '' : piece(random)) + text.slice(end);
  }
  return random(64) === 0 ? `${text},`.repeat(random(200)) : text;
}

function piece(random: Random): string {
  return PIECES[random(PIECES.length)] as string;
}
