import { handler } from '../../functions/registration/imports.ts';
import { admin, call, type Identity, type Received } from './call.ts';

/** What a row and its errors come to, in a line. */
interface Told {
  readonly row: number;
  readonly field: string | null;
  readonly code: string;
}

/** Sends a file to be imported. @param query what follows the question mark */
export const importing = (file: string | Buffer, query = '', as: Identity = admin): Promise<Received> =>
  call(handler, `POST /students/import${query && `?${query}`}`, {
    as,
    rawBody: Buffer.from(file as string).toString('base64'),
    base64: true,
    headers: { 'Content-Type': 'text/csv' },
  });

/** The numbers of a report and its errors, to be compared. */
export const summary = ({ body }: Pick<Received, 'body'>) => ({
  accepted: body.accepted,
  unchanged: body.unchanged,
  rejected: body.rejected,
  errors: body.errors.map(({ row, field, code }: Told) => [row, field, code].join(' ')),
});

/** A CSV file of these rows. */
export const csv = (...rows: readonly (readonly (string | number | undefined)[])[]): string =>
  rows.map((cells) => cells.map((cell) => cell ?? '').join(';')).join('\n');
