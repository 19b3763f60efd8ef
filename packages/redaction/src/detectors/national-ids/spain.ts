import type { NumberFormat } from './labelled-number.ts';

const DNI = 'TRWAGMYFPDXBNJZSQVHLCKE';

export const spainNumbers: readonly NumberFormat[] = [
  {
    kind: 'es_dni',
    pattern: /(?:\d{8}|[XYZxyz]\d{7})-?[A-Za-z]/g,
    check: (number) => {
      const digits = number
        .slice(0, -1)
        .replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
      return DNI[Number(digits) % 23] === number.at(-1);
    },
    examples: ['12345678Z', 'X1234567L'],
    counterexamples: ['12345678A', 'X1234567A'],
  },
];
