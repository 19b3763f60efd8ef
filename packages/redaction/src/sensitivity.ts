import { detectorPresets } from './detectors/all-detectors.ts';

/** The attribute that says how much harm a record could do in wrong hands. */
const ATTR_SENSITIVITY = 'telemetry.sensitivity';

/** Least first. The names are those a spool and the runbooks use. */
export type Sensitivity = 'internal' | 'confidential' | 'restricted';

const ORDER: readonly Sensitivity[] = ['internal', 'confidential', 'restricted'];

/** The class of what was found in one record, and of what is left in it. */
export class SensitivityClass {
  #highest = 0;

  reset(): void {
    this.#highest = 0;
  }

  /** A secret was here: what else stands around it was written by someone careless. */
  found(kind: string): void {
    this.#raise(detectorPresets.get(kind) === 'secrets' ? 2 : 1);
  }

  sawContent(): void {
    this.#raise(1);
  }

  get value(): Sensitivity {
    return ORDER[this.#highest]!;
  }

  #raise(to: number): void {
    this.#highest = Math.max(this.#highest, to);
  }
}

/** The attributes with the class of their record. One that the application set stays. */
export function withSensitivity<T extends Readonly<Record<string, unknown>>>(
  attributes: T,
  sensitivity: Sensitivity | undefined,
): T {
  if (sensitivity === undefined || attributes[ATTR_SENSITIVITY] !== undefined) return attributes;
  return { ...attributes, [ATTR_SENSITIVITY]: sensitivity };
}
