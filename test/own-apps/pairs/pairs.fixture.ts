import { aliasAndVersion } from './alias-and-version.fixture.ts';
import { bucketAndQueue } from './bucket-and-queue.fixture.ts';
import { bucketAndRule } from './bucket-and-rule.fixture.ts';
import { bucketAndTable } from './bucket-and-table.fixture.ts';
import { busAndFunction } from './bus-and-function.fixture.ts';
import { fifoQueueAndTable } from './fifo-queue-and-table.fixture.ts';
import { fifoTopicAndFifoQueue } from './fifo-topic-and-fifo-queue.fixture.ts';
import { functionAndDestinations } from './function-and-destinations.fixture.ts';
import { httpApiAndTable } from './http-api-and-table.fixture.ts';
import { logsAndFunction } from './logs-and-function.fixture.ts';
import { nestedStackAndQueue } from './nested-stack-and-queue.fixture.ts';
import type { Pair } from './pair.fixture.ts';
import { parameterAndFunction } from './parameter-and-function.fixture.ts';
import { providerAndTable } from './provider-and-table.fixture.ts';
import { queueAndDeadLetters } from './queue-and-dead-letters.fixture.ts';
import { queueAndTable } from './queue-and-table.fixture.ts';
import { restApiAndQueue } from './rest-api-and-queue.fixture.ts';
import { ruleAndTopic } from './rule-and-topic.fixture.ts';
import { secretAndFunction } from './secret-and-function.fixture.ts';
import { streamAndQueue } from './stream-and-queue.fixture.ts';
import { topicAndQueue } from './topic-and-queue.fixture.ts';
import { topicAndTable } from './topic-and-table.fixture.ts';
import { urlAndBucket } from './url-and-bucket.fixture.ts';

/** The apps of this folder: one for each pair of ingredients. */
export const pairs: readonly Pair[] = [
  aliasAndVersion,
  bucketAndQueue,
  bucketAndRule,
  bucketAndTable,
  busAndFunction,
  fifoQueueAndTable,
  fifoTopicAndFifoQueue,
  functionAndDestinations,
  httpApiAndTable,
  logsAndFunction,
  nestedStackAndQueue,
  parameterAndFunction,
  providerAndTable,
  queueAndDeadLetters,
  queueAndTable,
  restApiAndQueue,
  ruleAndTopic,
  secretAndFunction,
  streamAndQueue,
  topicAndQueue,
  topicAndTable,
  urlAndBucket,
];
