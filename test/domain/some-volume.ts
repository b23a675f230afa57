import type { Policy } from '../../core/domain/policy.ts';
import {
  before,
  dollars,
  gibibytes,
  hours,
  type Instant,
  instant,
  minutes,
} from '../../core/domain/units.ts';
import type { Volume } from '../../core/domain/volume.ts';

export const noon: Instant = instant(Date.UTC(2026, 10, 22, 12));

/** An attached, two-day-old volume of 100 GiB gp2; say only what matters to the test. */
export const someVolume = ({
  size,
  ...rest
}: Partial<Omit<Volume, 'size'>> & { size?: number } = {}): Volume => ({
  id: 'vol-0123456789abcdef0',
  size: gibibytes(size ?? 100),
  configuration: { type: 'gp2' },
  zone: 'us-east-1a',
  createdAt: before(noon, hours(48)),
  attachment: { kind: 'attached', instanceIds: ['i-0123456789abcdef0'], since: before(noon, hours(48)) },
  device: '/dev/xvda',
  multiAttach: false,
  operator: undefined,
  tags: {},
  ...rest,
});

/** The product's defaults, in mode `act`. */
export const somePolicy = (rest: Partial<Policy> = {}): Policy => ({
  mode: 'act',
  target: 'auto',
  fixedIops: undefined,
  leadTime: minutes(15),
  detectionLag: minutes(10),
  maxAlarms: 1_000,
  act: { tagKey: 'ebs-burst:mode', values: ['act'] },
  caps: { maxMonthlyIncrease: dollars(100), blastRadius: { volumes: 10, percentOfWatched: 5 } },
  ...rest,
});
