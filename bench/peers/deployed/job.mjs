/** What the deployed peers of Node share: the same three calls as ours makes, with the SDK as it comes. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.GRADES_TABLE;

async function query(pk) {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
    }),
  );
  return Items;
}

/** Whether who calls may read marks, by what the authorizer found of them. */
export const mayRead = ({ role } = {}) => role === 'admin' || role === 'teacher';

/** A student with their marks; nothing where there is none. */
export async function gradesOf(studentId) {
  const [items] = await Promise.all([query(`STUDENT#${studentId}`), query('TERMS')]);
  const programme = { pk: `CLASS#alone:${studentId}`, sk: 'PROGRAMME#default' };
  await documents.send(new GetCommand({ TableName, Key: programme, ConsistentRead: true }));
  const profile = items.find(({ sk }) => sk === 'PROFILE');
  if (!profile) return undefined;
  return { name: profile.name, grades: items.filter(({ sk }) => sk.startsWith('MARK#')).map(({ grade }) => grade) };
}
