import { seededRandom } from '../random/seeded-random.ts';

/** The same text has the same vector in every run, of length 1. */
export function vectorOf(text: string, dimensions: number): Float32Array {
  const random = seededRandom(text);
  const values = Array.from({ length: dimensions }, () => random.next() * 2 - 1);
  const length = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / length);
}
