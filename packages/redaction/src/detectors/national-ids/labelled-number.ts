import { BASE62, isIn } from '../../engine/characters.ts';
import type { Scan } from '../../engine/scan.ts';
import type { NativePass } from '../detector.ts';

const LOOK_BACK = 40;

/** The number of a person in one country. */
export interface NumberFormat {
  readonly kind: string;
  /** Bounded; letters and separators as they are written. */
  readonly pattern: RegExp;
  /** Asked of the number without separators, in capitals. */
  readonly check: (number: string) => boolean;
  /**
   * What must stand before it. For numbers with one check digit: one random number in ten or eleven passes that, so
   * alone they would be noise among times and ids.
   */
  readonly label?: RegExp;
  /** Numbers that are found, made by the definition: they are the tests. */
  readonly examples: readonly string[];
  readonly counterexamples: readonly string[];
}

/** A detector that is on only where the policy asks for it. */
export function numberPass({ kind, pattern, check, label }: NumberFormat): NativePass {
  return {
    kind,
    preset: 'strict',
    group: 'national_ids',
    candidate: pattern,
    mayHold: (text) => /\d/.test(text),
    verify(scan, from, to) {
      if (!isFree(scan, from, to)) return -1;
      const written = scan.text.slice(from, to);
      if (!check(written.replaceAll(/[ ./-]/g, '').toUpperCase())) return -1;
      if (label === undefined) return to;
      const before = scan.text.slice(Math.max(0, from - LOOK_BACK), from);
      // `social_insurance_number`, `patientNhsNumber`
      return label.test(before) || label.test(inWords(before)) ? to : -1;
    },
  };
}

function inWords(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])|[_-]+/g, ' ');
}

function isFree(scan: Scan, from: number, to: number): boolean {
  if (!scan.isBoundary(from) || isIn(BASE62, scan.code(to))) return false;
  const before = scan.text.charAt(from - 1);
  const behind = scan.text.charAt(to);
  const goesOn = (behind === '.' || behind === '-') && isIn(BASE62, scan.code(to + 1));
  return before !== '.' && before !== '-' && before !== '_' && behind !== '_' && !goesOn;
}
