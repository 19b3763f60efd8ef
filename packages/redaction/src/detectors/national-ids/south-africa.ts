import { passesLuhn } from '../credit-card.ts';
import type { NumberFormat } from './labelled-number.ts';

export const southAfricaNumbers: readonly NumberFormat[] = [
  {
    kind: 'za_identity_number',
    pattern: /\d{2}[01]\d[0-3]\d{5}[01]\d{2}/g,
    check: passesLuhn,
    label: /\bid\b|identity/i,
    examples: ['ID 8001015009087'],
    counterexamples: ['8001015009087', 'ID 8001015009088'],
  },
];
