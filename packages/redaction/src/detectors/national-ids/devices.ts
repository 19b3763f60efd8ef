import { passesLuhn } from '../credit-card.ts';
import type { NumberFormat } from './labelled-number.ts';

export const devicesNumbers: readonly NumberFormat[] = [
  {
    kind: 'imei',
    pattern: /\d{15}|\d{2}-\d{6}-\d{6}-\d/g,
    check: passesLuhn,
    label: /imei/i,
    examples: ['IMEI 490154203237518'],
    counterexamples: ['490154203237518', 'IMEI 490154203237519'],
  },
  {
    kind: 'iccid',
    pattern: /89\d{17,18}/g,
    check: passesLuhn,
    label: /iccid|\bsim\b/i,
    examples: ['ICCID 8944500102198304826'],
    counterexamples: ['8944500102198304826', 'ICCID 8944500102198304827'],
  },
];
