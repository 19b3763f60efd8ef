/** A place in a log: everything before it is settled. */
export interface Position {
  /** Number of the segment. */
  readonly segment: number;
  readonly offset: number;
  /** Of the record that starts here. */
  readonly sequence: number;
  readonly item: number;
}

/** Records, one after the other, that are settled, behind one that is not. */
export interface SettledRange extends Pick<Position, 'sequence' | 'item'> {
  /** Of what comes behind them. */
  readonly end: Position;
}

/** What a log knows of itself beside its segments, so that it notices when those at either end are damaged or gone. */
export interface Cursor extends Position {
  /** Everything in front of it was written, and acknowledged. Of the record that comes next. */
  readonly end: Pick<Position, 'sequence' | 'item'>;
  /** What is settled behind the place of the cursor, in order. */
  readonly settled: readonly SettledRange[];
}

/** Of a log that has settled nothing and knows of no end. */
export const START: Cursor = {
  segment: 0,
  offset: 0,
  sequence: 0,
  item: 0,
  end: { sequence: 0, item: 0 },
  settled: [],
};
