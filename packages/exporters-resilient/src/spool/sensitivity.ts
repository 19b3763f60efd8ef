/** How much harm the content of a record could do in wrong hands, least first. What is kept how long depends on it. */
export const SENSITIVITIES = ['public', 'internal', 'confidential', 'restricted'] as const;

export type Sensitivity = (typeof SENSITIVITIES)[number];

/** Of what nobody has classified. */
export const UNCLASSIFIED: Sensitivity = 'internal';

export function isSensitivity(value: unknown): value is Sensitivity {
  return (SENSITIVITIES as readonly unknown[]).includes(value);
}
