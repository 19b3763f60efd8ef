import { Draw } from '../corpus/draw.ts';
import type { Clean, Positive } from '../corpus/corpus.ts';
import { cleanValues } from './clean-values.ts';
import { messages } from './messages.ts';
import { toolFiles } from './tool-files.ts';

const MARKED = /<<(.+?)>>/gs;

/** One positive for each secret of each text, filled `each` times. */
export function firstSightPositives(each: number): Positive[] {
  const draw = new Draw(51);
  return Object.entries({ ...toolFiles, ...messages }).flatMap(([group, forms]) =>
    forms.flatMap((form) =>
      Array.from({ length: each }, () => draw.form(form)).flatMap((filled) => {
        const text = filled.replaceAll(MARKED, '$1');
        return Array.from(filled.matchAll(MARKED), ([, secret]): Positive => ({
          group,
          context: form,
          text,
          secret: secret!,
        }));
      }),
    ),
  );
}

/** Values with nothing to hide, each filled `each` times. */
export function firstSightCleanValues(each: number): Clean[] {
  const draw = new Draw(52);
  return Object.entries(cleanValues).flatMap(([trap, forms]) =>
    forms.flatMap((form) =>
      Array.from({ length: each }, (): Clean => ({ trap, key: 'note', value: draw.form(form) })),
    ),
  );
}
