import type { DecodedText } from './decoded-text.ts';
import { JOINTS } from './joints.ts';

/**
 * The text without its joints.
 * @param before - where the characters of the text stood, if it was decoded before
 */
export function joinedText(text: string, before?: Uint32Array): DecodedText {
  const places = new Uint32Array(text.length + 1);
  let joined = '';
  let count = 0;
  let from = 0;
  const take = (to: number): void => {
    joined += text.slice(from, to);
    for (let at = from; at < to; at++) places[count++] = before === undefined ? at : before[at]!;
  };
  JOINTS.lastIndex = 0;
  for (let joint = JOINTS.exec(text); joint !== null; joint = JOINTS.exec(text)) {
    take(joint.index);
    from = JOINTS.lastIndex;
  }
  take(text.length);
  places[count] = before === undefined ? text.length : before[text.length]!;
  return { text: joined, places };
}
