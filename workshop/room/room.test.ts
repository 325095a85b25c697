import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Attendance } from './attendance.ts';
import { joinRoom, leaveRoom, tellRoom } from './attendee.ts';
import { openRoom, type RoomServer } from './room-server.ts';

let room: RoomServer;
let folder: string;

beforeEach(async () => {
  room = await openRoom(0);
  folder = mkdtempSync(join(tmpdir(), 'attendee-'));
});

afterEach(async () => {
  await room.close();
  rmSync(folder, { recursive: true });
});

const states = (mine: 'proved' | 'not proved'): Attendance['lessons'] => ({
  '06-processes': { given: 'proved', mine, further: 'not tried', begun: true },
});

const joinAs = (name: string, code = room.code) =>
  joinRoom(folder, { address: room.board, code, name }, states('not proved'));

/** Reads what the board is told, until it is what is waited for. */
async function boardShows(isIt: (people: Attendance[]) => boolean): Promise<Attendance[]> {
  const response = await fetch(new URL('/events', room.board));
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString('utf8');
    for (const line of text.split('\n\n').slice(0, -1)) {
      const { people } = JSON.parse(line.replace(/^data: /, '')) as { people: Attendance[] };
      if (isIt(people)) {
        return people;
      }
    }
  }
  throw new Error('The board ended.');
}

test('the board shows who joined, and what they proved since', async () => {
  await joinAs('Ada');
  expect(await boardShows((people) => people.length === 1)).toEqual([{ name: 'Ada', lessons: states('not proved') }]);
  const shown = boardShows(([ada]) => ada?.lessons['06-processes']?.mine === 'proved');
  expect(await tellRoom(folder, async () => states('proved'))).toBeUndefined();
  expect(await shown).toEqual([{ name: 'Ada', lessons: states('proved') }]);
});

test('nothing is told before somebody joins, or after they left', async () => {
  const never = () => Promise.reject(new Error('asked where they stand'));
  expect(await tellRoom(folder, never)).toBeUndefined();
  await joinAs('Ada');
  expect(await leaveRoom(folder)).toBe(true);
  expect(await tellRoom(folder, never)).toBeUndefined();
});

test.each([
  { what: 'another code', join: () => joinAs('Ada', 'AAAAAAAA'), says: 'has another code' },
  { what: 'no name', join: () => joinAs('  '), says: 'does not understand' },
  { what: 'too long a name', join: () => joinAs('x'.repeat(41)), says: 'does not understand' },
  {
    what: 'no address',
    join: () => joinRoom(folder, { address: 'the room', code: room.code, name: 'Ada' }, {}),
    says: '"the room" is no address of a room',
  },
])('$what is refused, and nobody is in the room', async ({ join: tryToJoin, says }) => {
  await expect(tryToJoin()).rejects.toThrow(says);
  expect(await leaveRoom(folder)).toBe(false);
});

test('a room that is closed is said once, and stops nothing', async () => {
  await joinAs('Ada');
  await room.close();
  expect(await tellRoom(folder, async () => states('proved'))).toMatch(/^The room at .* does not answer/);
  room = await openRoom(0);
});

const put = (body: string, headers: Record<string, string> = {}) =>
  fetch(new URL(`/attendees/${crypto.randomUUID()}`, room.board), {
    method: 'PUT',
    headers: { authorization: `Bearer ${room.code}`, ...headers },
    body,
  });

test.each([
  { what: 'what is no JSON', body: '{', status: 400 },
  { what: 'what nobody asked for', body: '{"name": "Ada", "lessons": {}, "home": "/root"}', status: 400 },
  { what: 'a lesson that there is not', body: '{"name": "Ada", "lessons": {"13-luck": {}}}', status: 400 },
  { what: 'a body without end', body: JSON.stringify({ name: 'x'.repeat(10_000), lessons: {} }), status: 400 },
])('$what is refused with $status', async ({ body, status }) => {
  expect((await put(body)).status).toBe(status);
});

test('a full room lets no more in', async () => {
  const statuses = [];
  for (let i = 0; i < 201; i += 1) {
    statuses.push((await put('{"name": "Ada", "lessons": {}}')).status);
  }
  expect(statuses.filter((status) => status === 204)).toHaveLength(200);
  expect(statuses.at(-1)).toBe(429);
});

test.each([
  { what: 'a name that was made to lead here', headers: { host: 'evil.example' } },
  { what: 'a page of another site', headers: { 'sec-fetch-site': 'cross-site' } },
])('the board is not shown to $what', async ({ headers }) => {
  const status = await new Promise<number | undefined>((resolve, reject) => {
    request(room.board, { headers }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(403);
});

test('a port that is in use is named', async () => {
  const { port } = new URL(room.board);
  await expect(openRoom(Number(port))).rejects.toThrow(`Port ${port} is in use`);
});
