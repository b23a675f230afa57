import { join } from 'node:path';
import type { Recording } from '../../core/domain/history/recording.ts';
import { shellWord } from '../../core/domain/shell-word.ts';
import { after, dayOf } from '../../core/domain/units.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import { minuteRetention } from '../../core/domain/volume-limits.ts';
import { daysIn, type Index } from './history-files.ts';
import { type Manifest, manifestName } from './save-folder.ts';

/** What a reading that was interrupted did not come to. */
export interface Unfinished {
  /** Nothing is known of these. */
  readonly unread: readonly VolumeId[];
  /** They dipped, and of these is only the lowest balance of each hour. */
  readonly hours: readonly VolumeId[];
}

/** One line or none: what is missing in a Region, and the command that reads it while CloudWatch has it. */
export function volumesWords(saved: string, index: Index, { unread, hours }: Unfinished): readonly string[] {
  if (unread.length + hours.length === 0) return [];
  const what = [
    ...(unread.length === 0 ? [] : [`${unread.length} not read (${named(unread)})`]),
    ...(hours.length === 0 ? [] : [`${hours.length} read by the hour only (${named(hours)})`]),
  ].join(', ');
  const command = resuming(saved, { ...index, regions: [index.region], days: daysIn(index) });
  return [
    `${ofAll(index)}, ${what}; ${command} reads ${unread.length + hours.length === 1 ? 'it' : 'them'}${asLongAs(index)}`,
  ];
}

/** One line or none: volumes that were read to the end and cannot be judged all the same. */
export function gapsWords({ region, volumes }: Recording): readonly string[] {
  const gapped = volumes.filter(({ unseen }) => unseen !== undefined);
  const [first] = gapped;
  if (first === undefined) return [];
  const ids = gapped.map(({ volume }) => volume.id);
  const eg = gapped.length === 1 ? '' : `${first.volume.id}, e.g.: `;
  return [
    `${ofAll({ region, volumes })}, ${ids.length} not judged (${named(ids)}), and no command reads more: ${eg}${first.unseen}`,
  ];
}

const ofAll = ({
  volumes,
  region,
}: {
  readonly volumes: readonly unknown[];
  readonly region: string;
}): string => `of ${volumes.length === 1 ? '1 volume' : `${volumes.length} volumes`} in ${region}`;

/** What is simulated is simulated again, whenever. */
const asLongAs = ({ source, from }: Index): string =>
  source === 'demo'
    ? ''
    : `, as long as CloudWatch has these minutes: until ${dayOf(after(from, minuteRetention))}`;

/** One line or none: Regions that were asked for and never begun. */
export function regionsWords(saved: string, manifest: Manifest, begun: readonly string[]): readonly string[] {
  const regions = manifest.regions.filter((region) => !begun.includes(region));
  if (regions.length === 0) return [];
  const [it, was] = regions.length === 1 ? ['it', 'was'] : ['them', 'were'];
  return [
    `${regions.join(', ')} ${was} asked for and not read; ${resuming(saved, { ...manifest, regions })} reads ${it}; to do without, take ${it} out of ${join(saved, manifestName)}`,
  ];
}

function named(ids: readonly VolumeId[]): string {
  const more = ids.length - 3;
  return more > 0 ? `${ids.slice(0, 3).join(', ')} and ${more} more` : ids.join(', ');
}

function resuming(saved: string, { source, account, regions, days }: Manifest): string {
  const folder = shellWord(saved);
  if (source === 'demo') return `ebs-burst assess --demo --save ${folder} --days ${days}`;
  const who = /^\d{12}$/.test(account) ? ` (with credentials of ${account})` : '';
  return `ebs-burst assess --save ${folder} --region ${regions.join(',')} --days ${days}${who}`;
}
