import type { InferenceResponse } from '../inference/inference-types.ts';
import type { PartList } from './part-list.ts';

/** Finish reasons and messages of the choices of a stream, in the order of the choices. */
export function choicesOf(
  reasons: ReadonlyMap<number, string>,
  parts: ReadonlyMap<number, PartList>,
): Pick<InferenceResponse, 'finishReasons' | 'outputMessages'> {
  const indexes = [...new Set([...reasons.keys(), ...parts.keys()])].toSorted((a, b) => a - b);
  const messages = indexes.flatMap((index) => {
    const list = parts.get(index)?.parts() ?? [];
    return list.length === 0 ? [] : [{ role: 'assistant', parts: list }];
  });
  return {
    // Where no choice has one the stream broke off; where some have, the others count as errors.
    ...(reasons.size > 0 && {
      finishReasons: indexes.map((index) => reasons.get(index) ?? 'error'),
    }),
    ...(messages.length > 0 && { outputMessages: messages }),
  };
}
