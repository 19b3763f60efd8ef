import { passesLuhn } from '../credit-card.ts';
import type { NumberFormat } from './labelled-number.ts';

export const canadaNumbers: readonly NumberFormat[] = [
  {
    kind: 'ca_sin',
    pattern: /[1-79]\d{2}[ -]?\d{3}[ -]?\d{3}/g,
    check: passesLuhn,
    label: /\bsin\b|social insurance|assurance sociale/i,
    examples: ['SIN 130 692 544'],
    counterexamples: ['130 692 544', 'SIN 130 692 545'],
  },
];
