import { pastEndsIn, storiesOf } from './case-story.ts';
import type { Dispatch } from './dispatch.ts';
import type { Notice } from './notice.ts';
import { newsLines } from './notice-news.ts';

/** The news of a message that also shows how things stand: of a first message what no message of it will show any more. */
export const newsIn = (dispatch: Dispatch): readonly string[] =>
  dispatch.kind === 'first' ? pastEndNews(dispatch.notices) : freshNews(dispatch.fresh, dispatch.all);

/** How the cases ended whose disk has a newer one. */
export const pastEndNews = (all: readonly Notice[]): readonly string[] => freshNews(pastEndsIn(all), all);

/** About one disk it leaves out the newest, which the message itself is about; about several disks it names each. */
function freshNews(fresh: readonly Notice[], all: readonly Notice[]): readonly string[] {
  const stories = storiesOf(all);
  const several = stories.length > 1;
  const stances = new Set(stories.map(({ stance }) => stance.id));
  const ofCases = fresh.filter((notice) => notice.kind === 'case');
  return newsLines(several ? ofCases : ofCases.filter(({ id }) => !stances.has(id)), all);
}
