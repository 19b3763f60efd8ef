/** A policy of the tail_sampling processor as it stands in its configuration. */
export interface TailPolicy {
  readonly name: string;
  readonly type: string;
  /** The block that is called after the type. */
  readonly [block: string]: unknown;
}

/** Something that a trace as a whole is, or is not: it becomes one policy without others inside. */
export interface Leaf {
  /** What it is about: `status error`. */
  readonly label: string;
  readonly type: string;
  readonly settings: Readonly<Record<string, unknown>> | undefined;
  /** It holds where the policy votes against. */
  readonly negated: boolean;
}

export function leaf(
  label: string,
  type: string,
  settings?: Readonly<Record<string, unknown>>,
): Leaf {
  return { label, type, settings, negated: false };
}

/** A span for which one of the conditions in OTTL holds. */
export function ottlLeaf(
  label: string,
  span: readonly string[],
  spanevent?: readonly string[],
): Leaf {
  return leaf(label, 'ottl_condition', {
    // A condition that fails, such as a comparison with a missing attribute, does not hold. Nobody needs a line for it.
    error_mode: 'silent',
    span,
    ...(spanevent === undefined ? undefined : { spanevent }),
  });
}

export function not(one: Leaf): Leaf {
  const label = one.negated ? one.label.replace(/^not /, '') : `not ${one.label}`;
  return { ...one, label, negated: !one.negated };
}

/** The policy of one leaf, by its name or by its label. */
function leafPolicy({ label, type, settings, negated }: Leaf, name: string = label): TailPolicy {
  if (!negated)
    return { name, type, ...(settings === undefined ? undefined : { [type]: settings }) };
  const inner = leafPolicy({ label, type, settings, negated: false }, label.replace(/^not /, ''));
  return { name, type: 'not', not: { not_sub_policy: inner } };
}

/** The policy that votes for a trace for which all of the leaves hold. */
export function allOfPolicy(name: string, leaves: readonly Leaf[]): TailPolicy {
  const [first, ...others] = leaves;
  if (first === undefined) return { name, type: 'always_sample' };
  if (others.length === 0 && !first.negated) return leafPolicy(first, name);
  return { name, type: 'and', and: { and_sub_policy: leaves.map((one) => leafPolicy(one)) } };
}

/** The policy that drops a trace for which all of the leaves hold, whatever others say. */
export function dropPolicy(name: string, leaves: readonly Leaf[]): TailPolicy {
  const inside = leaves.length === 0 ? [leaf('everything', 'always_sample')] : leaves;
  return { name, type: 'drop', drop: { drop_sub_policy: inside.map((one) => leafPolicy(one)) } };
}
