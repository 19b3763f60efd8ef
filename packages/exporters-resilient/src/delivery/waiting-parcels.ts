import type { ItemPriority } from '../batch/telemetry-batch.ts';

/** What goes when the buffer of a destination is full: as the queue in front of it does. */
export type WhenBufferFull = 'drop_newest' | 'drop_oldest';

/** What waits in memory, as far as it matters for who goes first. */
export interface WaitingParcel {
  readonly payload: {
    readonly items: number;
    readonly byteLength: number;
    readonly priority?: ItemPriority | undefined;
    readonly isMixed?: boolean | undefined;
  };
  /** The backlog has it as well: it never gives way. Stays as it is while the parcel waits. */
  readonly stored?: unknown;
}

/** How much of a payload has no room. */
export interface Excess {
  readonly items: number;
  readonly bytes: number;
}

/**
 * Parcels that wait, in one line and in a lane for each priority: whose turn it is and who gives way is found without a look at
 * all the others, of which there may be ten thousand.
 */
export class WaitingParcels<W extends WaitingParcel> {
  /** By priority; then those that the backlog has as well. */
  readonly #lanes: readonly Lane<W>[] = Array.from({ length: 6 }, () => new Lane<W>());
  #front = 0;
  #back = 0;
  #mixed = 0;

  get size(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.size, 0);
  }

  /** The backlog has all of them as well. */
  get areStored(): boolean {
    return this.#lanes.slice(0, 3).every((lane) => lane.size === 0);
  }

  /** Whether there are some of several priorities that may have to give way. */
  get hasMixed(): boolean {
    return this.#mixed > 0;
  }

  /** The first of the line, whatever its priority. */
  get first(): W | undefined {
    return this.#firstLane()?.first;
  }

  /** The last of the line. */
  get last(): W | undefined {
    let last: Lane<W> | undefined;
    for (const lane of this.#lanes)
      if (lane.size > 0 && (last === undefined || lane.lastPlace > last.lastPlace)) last = lane;
    return last?.last;
  }

  add(parcel: W): void {
    this.#laneOf(parcel).add(parcel, this.#back++);
    this.#count(parcel, 1);
  }

  addInFront(parcel: W): void {
    this.#laneOf(parcel).addInFront(parcel, --this.#front);
    this.#count(parcel, 1);
  }

  takeFirst(): W | undefined {
    return this.#taken(this.#firstLane()?.takeFirst());
  }

  /** The first of the most important ones. */
  takeMostImportant(): W | undefined {
    for (const priority of [0, 1, 2]) {
      const [plain, stored] = [this.#lanes[priority]!, this.#lanes[priority + 3]!];
      if (plain.size + stored.size > 0)
        return this.#taken((plain.firstPlace < stored.firstPlace ? plain : stored).takeFirst());
    }
    return undefined;
  }

  /** All of them, in line. */
  takeAll(): W[] {
    const all = this.#lanes.flatMap((lane) => lane.takeAll());
    this.#mixed = 0;
    return all.toSorted((a, b) => a.place - b.place).map(({ parcel }) => parcel);
  }

  /**
   * Those that give way to one of that priority, the least important first: less important ones from the newest on, with `drop_oldest`
   * those of the same priority too, from the oldest on. Undefined, and nothing is taken, when all of them would not be enough.
   */
  makeRoom(
    needed: Excess,
    priority: ItemPriority,
    whenFull: WhenBufferFull,
  ): readonly W[] | undefined {
    const lowest = whenFull === 'drop_oldest' ? priority : priority + 1;
    const lanes = this.#lanes.slice(lowest, 3).toReversed();
    let { items, bytes } = needed;
    if (
      lanes.reduce((sum, lane) => sum + lane.items, 0) < items ||
      lanes.reduce((sum, lane) => sum + lane.bytes, 0) < bytes
    )
      return undefined;
    const gone: W[] = [];
    for (const lane of lanes)
      while (lane.size > 0 && (items > 0 || bytes > 0)) {
        const parcel = whenFull === 'drop_oldest' ? lane.takeFirst() : lane.takeLast();
        this.#count(parcel, -1);
        gone.push(parcel);
        items -= parcel.payload.items;
        bytes -= parcel.payload.byteLength;
      }
    return gone;
  }

  #laneOf({ payload: { priority = 1 }, stored }: W): Lane<W> {
    return this.#lanes[stored === undefined ? priority : priority + 3]!;
  }

  #firstLane(): Lane<W> | undefined {
    let first: Lane<W> | undefined;
    for (const lane of this.#lanes)
      if (lane.size > 0 && (first === undefined || lane.firstPlace < first.firstPlace))
        first = lane;
    return first;
  }

  #taken(parcel: W | undefined): W | undefined {
    if (parcel !== undefined) this.#count(parcel, -1);
    return parcel;
  }

  #count({ payload, stored }: W, by: 1 | -1): void {
    if (payload.isMixed === true && stored === undefined) this.#mixed += by;
  }
}

interface Placed<W> {
  readonly parcel: W;
  /** In the line: what is in front of all has the least. */
  readonly place: number;
}

class Lane<W extends WaitingParcel> {
  #line: (Placed<W> | undefined)[] = [];
  #head = 0;
  items = 0;
  bytes = 0;

  get size(): number {
    return this.#line.length - this.#head;
  }

  get first(): W | undefined {
    return this.#line[this.#head]?.parcel;
  }

  get last(): W | undefined {
    return this.size > 0 ? this.#line.at(-1)?.parcel : undefined;
  }

  /** Of an empty one behind all others. */
  get firstPlace(): number {
    return this.#line[this.#head]?.place ?? Infinity;
  }

  get lastPlace(): number {
    return this.#line.at(-1)?.place ?? -Infinity;
  }

  add(parcel: W, place: number): void {
    this.#line.push({ parcel, place });
    this.#count(parcel, 1);
  }

  addInFront(parcel: W, place: number): void {
    if (this.#head > 0) this.#line[--this.#head] = { parcel, place };
    else this.#line.unshift({ parcel, place });
    this.#count(parcel, 1);
  }

  takeFirst(): W {
    const { parcel } = this.#line[this.#head]!;
    // Or the lane would hold on to every parcel it ever had.
    this.#line[this.#head++] = undefined;
    if (this.#head * 2 > this.#line.length) {
      this.#line = this.#line.slice(this.#head);
      this.#head = 0;
    }
    this.#count(parcel, -1);
    return parcel;
  }

  takeLast(): W {
    const { parcel } = this.#line.pop()!;
    this.#count(parcel, -1);
    return parcel;
  }

  takeAll(): readonly Placed<W>[] {
    const all = this.#line.slice(this.#head) as Placed<W>[];
    this.#line = [];
    this.#head = this.items = this.bytes = 0;
    return all;
  }

  #count({ payload }: W, by: 1 | -1): void {
    this.items += by * payload.items;
    this.bytes += by * payload.byteLength;
  }
}
