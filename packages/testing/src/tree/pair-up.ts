export interface Pairing {
  /** Index of a node and index of the pattern it is compared with. They need not fit: then they are the closest. */
  readonly pairs: readonly (readonly [node: number, pattern: number])[];
  readonly missing: readonly number[];
  readonly extra: readonly number[];
}

export interface PairingRules {
  readonly nodes: number;
  readonly patterns: number;
  readonly anyOrder: boolean;
  /** How many things do not fit; 0 is a match. */
  readonly distance: (node: number, pattern: number) => number;
  /** Whether a node that does not fit is at least the one that is meant, by its name. */
  readonly named: (node: number, pattern: number) => boolean;
}

/** For each pattern the index of its node. */
type Assignment = (number | undefined)[];

/**
 * Decides which node is compared with which pattern. Where all patterns can be met, they are; otherwise
 * pairs are made by name, so that the message says what is wrong with the span that is meant.
 */
export function pairUp(rules: PairingRules): Pairing {
  const assignment = rules.anyOrder ? assignInAnyOrder(rules) : assignInOrder(rules);
  const taken = new Set(assignment);
  return {
    pairs: assignment.flatMap((node, pattern) => (node === undefined ? [] : [[node, pattern]])),
    missing: indexes(rules.patterns).filter((pattern) => assignment[pattern] === undefined),
    extra: indexes(rules.nodes).filter((node) => !taken.has(node)),
  };
}

function assignInOrder(rules: PairingRules): Assignment {
  // The first node that fits is never a worse choice than a later one.
  const assignment: Assignment = [];
  let from = 0;
  for (const pattern of indexes(rules.patterns)) {
    const at = indexes(rules.nodes).find(
      (node) => node >= from && rules.distance(node, pattern) === 0,
    );
    if (at === undefined) return longestByName(rules);
    assignment.push(at);
    from = at + 1;
  }
  return assignment;
}

/** The longest common subsequence by name, and at equal length the one with the least wrong in it. */
function longestByName({ nodes, patterns, named, distance }: PairingRules): Assignment {
  // best[pattern][node]: the best that can be made of the patterns and nodes from there on.
  const best: { readonly length: number; readonly cost: number; readonly take: boolean }[][] = [];
  const nothing = { length: 0, cost: 0, take: false };
  for (const pattern of indexes(patterns).toReversed()) {
    const row: (typeof best)[number] = [];
    for (const node of indexes(nodes).toReversed()) {
      const later = [best[pattern + 1]?.[node] ?? nothing, row[node + 1] ?? nothing];
      const options = later.map(({ length, cost }) => ({ length, cost, take: false }));
      if (named(node, pattern)) {
        const { length, cost } = best[pattern + 1]?.[node + 1] ?? nothing;
        const taken = { length: length + 1, cost: cost + distance(node, pattern), take: true };
        options.push(taken);
      }
      row[node] = options.reduce((a, b) =>
        b.length > a.length || (b.length === a.length && b.cost < a.cost) ? b : a,
      );
    }
    best[pattern] = row;
  }

  const assignment: Assignment = Array<undefined>(patterns).fill(undefined);
  let node = 0;
  for (let pattern = 0; pattern < patterns && node < nodes;) {
    const here = best[pattern]?.[node] ?? nothing;
    const without = best[pattern + 1]?.[node] ?? nothing;
    if (here.take) {
      assignment[pattern] = node;
      pattern += 1;
      node += 1;
    } else if (without.length === here.length && without.cost === here.cost) pattern += 1;
    else node += 1;
  }
  return assignment;
}

/** As many patterns met as possible: a node may fit several patterns, so choices are undone. */
function assignInAnyOrder({ nodes, patterns, distance, named }: PairingRules): Assignment {
  const owners = new Map<number, number>();
  const place = (pattern: number, tried: Set<number>): boolean => {
    for (const node of indexes(nodes)) {
      if (tried.has(node) || distance(node, pattern) !== 0) continue;
      tried.add(node);
      const previous = owners.get(node);
      if (previous === undefined || place(previous, tried)) {
        owners.set(node, pattern);
        return true;
      }
    }
    return false;
  };
  for (const pattern of indexes(patterns)) place(pattern, new Set());

  const assignment: Assignment = Array<undefined>(patterns).fill(undefined);
  for (const [node, pattern] of owners) assignment[pattern] = node;
  for (const pattern of indexes(patterns)) {
    if (assignment[pattern] !== undefined) continue;
    const meant = indexes(nodes)
      .filter((node) => !assignment.includes(node) && named(node, pattern))
      .toSorted((a, b) => distance(a, pattern) - distance(b, pattern));
    assignment[pattern] = meant[0];
  }
  return assignment;
}

function indexes(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
