import type { Scene } from './protocol.ts';

/** A scene for each lesson: what to set, and what to watch. The break comes when the first orders are on their way. */
export const scenes: readonly Scene[] = [
  {
    name: '1',
    title: 'Codebase: one factory from one source',
    lanes: [0, 1],
    shows: ['a copy of the code for each deploy', 'one code base, many deploys'],
    traffic: 2,
    breaks: 'deploy',
    sentences: [
      'Both lanes get a new build from the same changed line.',
      'Above, the line has to be written once for each deploy, and one copy can be forgotten.',
      'Below, one code base is deployed everywhere.',
    ],
  },
  {
    name: '2',
    title: 'Dependencies: what is needed comes along',
    lanes: [1, 2],
    shows: ['a package that nobody declared', 'every package is declared'],
    traffic: 2,
    sentences: [
      'Both lanes serve, so you see no difference on this machine.',
      'The lane above only builds where somebody happened to install a package.',
      'The lane below declares it, so it builds in a clean room as well.',
    ],
  },
  {
    name: '3',
    title: 'Config: turn the oven without a build',
    lanes: [2, 3],
    shows: ['the oven time is in the source', 'the oven time is configuration'],
    traffic: 3,
    breaks: 'slow-oven',
    sentences: [
      'The oven is set to 50 ms, and only the lane below gets slower.',
      'It reads the time from a parameter while it runs.',
      'Above, the time is in the source, so a change is a deploy.',
    ],
  },
  {
    name: '4',
    title: 'Backing services: the recipe book is attached',
    lanes: [3, 4],
    shows: ['the recipe book is part of the code', 'the recipe book is attached'],
    traffic: 3,
    sentences: [
      'Both lanes bake the same recipes.',
      'Above, the book is part of the code; below, it is a resource with a name.',
      'Attach another book to the lane below, and the same build bakes from it.',
    ],
  },
  {
    name: '5',
    title: 'Build, release, run: a way back',
    lanes: [4, 5],
    shows: ['no version is kept', 'every version is kept'],
    traffic: 3,
    breaks: 'deploy',
    sentences: [
      'Both lanes get a new build while customers come.',
      'Now press "Roll back": only the lane below has a version to go back to.',
      'That takes a second, because nothing is built.',
    ],
  },
  {
    name: '6',
    title: 'Processes: kill one, and look where the orders are',
    lanes: [5, 6],
    shows: ['orders in memory', 'orders in a table'],
    traffic: 3,
    breaks: 'kill-all',
    sentences: [
      'Above, an order is in the memory of one process, and a customer who meets another one has lost it.',
      'Then everybody at the counter is killed in both lanes, and all orders above fall on the floor.',
      'Below, they are in a table, so the next process finds every one of them.',
    ],
  },
  {
    name: '7',
    title: 'Port binding: the numbers have a door of their own',
    lanes: [6, 7],
    shows: ['the numbers share the counter', 'the numbers have an address of their own'],
    traffic: 3,
    breaks: 'burst',
    sentences: [
      'A hundred customers come at once, and both counters send some of them away.',
      'Above, whoever asks for the numbers stands in the same queue.',
      'Below, the numbers are a service with an address of its own, so they stay readable.',
    ],
  },
  {
    name: '8',
    title: 'Concurrency: scale what is short of hands',
    lanes: [7, 8],
    shows: ['the counter bakes', 'a queue, and bakers of their own'],
    traffic: 4,
    breaks: 'burst',
    sentences: [
      'A hundred customers come at once.',
      'Above, each waits at the counter while the cookies bake, and many are sent away.',
      'Below, the counter takes every order, the belt fills, and more bakers start.',
    ],
  },
  {
    name: '9',
    title: 'Disposability: die tidily',
    lanes: [8, 9],
    shows: ['what comes twice is baked twice', 'each order is baked once'],
    traffic: 4,
    breaks: 'deliver-twice',
    sentences: [
      'The queue hands out messages twice, as SQS may.',
      'Above, an order that comes twice is baked twice, and counted in red.',
      'Below, the second bake finds the first one recorded, and leaves it alone.',
    ],
  },
  {
    name: '10',
    title: 'Dev/prod parity: the same everywhere',
    lanes: [9, 10],
    shows: ['depends on the machine', 'the same on every machine'],
    traffic: 4,
    sentences: [
      'Both lanes serve the same customers, so you see no difference here.',
      'Above, the best-before date depends on the calendar of the machine.',
      'Below, it is the same on every machine, so what you tested is what runs.',
    ],
  },
  {
    name: '11',
    title: 'Logs: a stream, and not a file',
    lanes: [10, 11],
    shows: ['logs in files of a process', 'logs are a stream'],
    traffic: 4,
    breaks: 'kill-all',
    sentences: [
      'Point at an environment, and read its log at the bottom.',
      'Above, its lines are in a file on its own disk, and gone with it.',
      'Below, every line is in the stream before the process ends.',
    ],
  },
  {
    name: '12',
    title: 'Admin processes: somebody cleans up',
    lanes: [11, 12],
    shows: ['nobody cleans up', 'a process cleans up'],
    traffic: 3,
    breaks: 'queue-down',
    sentences: [
      'The queue is down, so orders are stored and nobody bakes them: pale cookies on the shelf.',
      'Press "Queue is down" again to mend it. The pale ones stay.',
      'Below, a cleaning process of its own puts them on the belt, within minutes.',
    ],
  },
];

/** What is to be seen of each of these snapshots beside each other; undefined where no scene is about them. */
export const shownBeside = (lanes: readonly unknown[]): Scene['shows'] | undefined =>
  scenes.find((scene) => scene.lanes.join() === lanes.join())?.shows;

export const sceneNamed = (name: string): Scene | undefined => scenes.find((scene) => scene.name === name);
