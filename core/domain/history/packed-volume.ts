import { type Reading, read, type Series } from '../reading.ts';
import type { Instant } from '../units.ts';
import { PackedSeries } from './packed-series.ts';
import type { RecordedVolume } from './recording.ts';

export type Part = 'balance' | 'iops' | 'throughput';
type Packed = Readonly<Record<Part, Reading<PackedSeries>>>;

/** What is packed, by who holds it: a copy that somebody spreads holds whole series and is none. */
const packs = new WeakMap<RecordedVolume, Packed>();

/** The same volume in a tenth of the memory: each of its series is made anew whenever it is asked for. */
export function packedVolume(recorded: RecordedVolume): RecordedVolume {
  if (packs.has(recorded)) return recorded;
  const packed = packOf(recorded);
  const holder: RecordedVolume = {
    volume: recorded.volume,
    unseen: recorded.unseen,
    get balance() {
      return unpacked(packed.balance, (series) => series.all);
    },
    get iops() {
      return unpacked(packed.iops, (series) => series.all);
    },
    get throughput() {
      return unpacked(packed.throughput, (series) => series.all);
    },
  };
  packs.set(holder, packed);
  return holder;
}

/** Samples of a part that begin at or after `from`, and before `until`; cheap of a packed volume. */
export const samplesBetween = (
  recorded: RecordedVolume,
  part: Part,
  from: Instant,
  until: Instant,
): Reading<Series> =>
  unpacked((packs.get(recorded) ?? packOf(recorded))[part], (series) => series.between(from, until));

const packOf = ({ balance, iops, throughput }: RecordedVolume): Packed => ({
  balance: packed(balance),
  iops: packed(iops),
  throughput: packed(throughput),
});

const packed = (reading: Reading<Series>): Reading<PackedSeries> =>
  reading.kind === 'unread' ? reading : read(new PackedSeries(reading.value), reading.at);

const unpacked = (reading: Reading<PackedSeries>, of: (series: PackedSeries) => Series): Reading<Series> =>
  reading.kind === 'unread' ? reading : read(of(reading.value), reading.at);
