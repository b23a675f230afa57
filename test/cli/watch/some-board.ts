import { type Board, emptyBoard } from '../../../cli/watch/board.ts';
import type { SeenCase } from '../../../cli/watch/look-at-cases.ts';
import { minutes, seconds } from '../../../core/domain/units.ts';
import { ago, ahead } from '../../domain/some-situation.ts';
import { noon } from '../../domain/some-volume.ts';

export const seenCase = (rest: Partial<SeenCase> = {}): SeenCase => ({
  id: 'EB-00000001',
  volumeId: 'vol-0123456789abcdef0',
  name: 'orders-db',
  incident: 'IN-00000001',
  openedAt: ago(minutes(20)),
  standing: { words: 'warned, not moved', tone: 'warned', since: ago(minutes(5)) },
  wall: ahead(seconds(252)),
  dueAt: ahead(seconds(31)),
  nextWordAt: ahead(minutes(5)),
  ...rest,
});

export const overCase = (rest: Partial<SeenCase> = {}): SeenCase =>
  seenCase({
    standing: { words: 'over: averted', tone: 'ended', since: noon },
    wall: undefined,
    dueAt: undefined,
    nextWordAt: undefined,
    ...rest,
  });

export const someBoard = (rest: Partial<Board> = {}): Board => ({
  ...emptyBoard(ahead(seconds(7))),
  asOf: ago(seconds(3)),
  open: [seenCase()],
  ...rest,
});
