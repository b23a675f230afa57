import type { ChannelName } from '../../core/application/ports.ts';
import type { VolumeId } from '../../core/domain/volume.ts';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

const volume = (volumeId: VolumeId) => `VOLUME#${volumeId}`;
const incident = (id: string) => `INCIDENT#${id}`;

export const closedPrefix = 'CLOSED#';
export const noticePrefix = (channel: ChannelName): string => `NOTICE#${channel}#`;

/** Where each kind of item lives; the open case of a volume has one place, so there can be only one. */
export const keys = {
  case: (volumeId: VolumeId): Key => ({ pk: volume(volumeId), sk: 'CASE' }),
  closedCase: (volumeId: VolumeId, caseId: string): Key => ({
    pk: volume(volumeId),
    sk: `${closedPrefix}${caseId}`,
  }),
  /** Sorted as they happened. */
  step: (volumeId: VolumeId, caseId: string, version: number): Key => ({
    pk: volume(volumeId),
    sk: `STEP#${caseId}#${String(version).padStart(8, '0')}`,
  }),
  profile: (volumeId: VolumeId): Key => ({ pk: volume(volumeId), sk: 'PROFILE' }),
  mute: (volumeId: VolumeId): Key => ({ pk: volume(volumeId), sk: 'MUTE' }),
  notice: (incidentId: string, channel: ChannelName, noticeId: string): Key => ({
    pk: incident(incidentId),
    sk: `${noticePrefix(channel)}${noticeId}`,
  }),
  conversation: (incidentId: string, channel: ChannelName): Key => ({
    pk: incident(incidentId),
    sk: `CONVERSATION#${channel}`,
  }),
  ledger: { pk: 'LEDGER', sk: 'LEDGER' },
  genesis: { pk: 'GENESIS', sk: 'GENESIS' },
  currentIncident: { pk: 'INCIDENT', sk: 'CURRENT' },
  census: { pk: 'CENSUS', sk: 'LATEST' },
  alarmWriting: { pk: 'LEASE', sk: 'ALARM-WRITING' },
  meter: (day: string): Key => ({ pk: 'METER', sk: day }),
} as const;
