import { expect, test } from 'vitest';
import { fullScreen } from '../../../cli/render/full-screen.ts';

function onStream() {
  const written: string[] = [];
  const stream = { columns: 100, rows: 30, write: (text: string) => void written.push(text) };
  return { written, stream, screen: fullScreen(stream) };
}

test('enters the alternate screen with the first picture, and writes each over the last', () => {
  const { written, screen } = onStream();
  screen.show(['first', 'second']);
  screen.show(['three']);
  expect(written).toEqual([
    `\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[H${'first'}\u001b[K\r\n${'second'}\u001b[K\u001b[J`,
    `\u001b[H${'three'}\u001b[K\u001b[J`,
  ]);
});

test('gives back cursor, line wrap and what was there before, once; then shows no more', () => {
  const { written, screen } = onStream();
  screen.show(['one']);
  screen.leave();
  screen.leave();
  screen.show(['two']);
  expect(written.slice(1)).toEqual(['\u001b[?7h\u001b[?25h\u001b[?1049l']);
});

test('a terminal that was never entered is not left', () => {
  const { written, screen } = onStream();
  screen.leave();
  expect(written).toEqual([]);
});

test('asks for the size every time, as the window may change', () => {
  const { stream, screen } = onStream();
  expect(screen.size()).toEqual({ columns: 100, rows: 30 });
  stream.columns = 60;
  expect(screen.size()).toEqual({ columns: 60, rows: 30 });
  expect(fullScreen({ write: () => undefined }).size()).toEqual({ columns: 80, rows: 24 });
});
