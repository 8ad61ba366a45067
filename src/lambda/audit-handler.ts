import { gunzipSync } from 'node:zlib';
import type { CloudWatchLogsDecodedData, CloudWatchLogsEvent } from 'aws-lambda';
import type { WriteLine } from '../telemetry.ts';

export type AuditHandler = (event: CloudWatchLogsEvent) => Promise<void>;

/**
 * The function to which CloudWatch Logs hands audit lines: it writes them to its own log. If it throws, CloudWatch tries
 * again.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
 */
export const createAuditHandler =
  (write: WriteLine): AuditHandler =>
  async ({ awslogs }) => {
    const text = gunzipSync(Buffer.from(awslogs.data, 'base64')).toString();
    const { messageType, logEvents } = JSON.parse(text) as CloudWatchLogsDecodedData;
    // CloudWatch also sends messages of its own, to see whether the function answers.
    if (messageType !== 'DATA_MESSAGE') return;
    for (const { message } of logEvents) write(message.trimEnd());
  };
