import { assets } from '../kit/assets.ts';
import { page } from '../kit/page.ts';
import { notFound } from '../kit/screens.ts';

/** What the pages load. */
export const filesPage = page({
  path: '/portal/assets/{name}',
  signedIn: false,
  async get(visit) {
    const { files } = await assets();
    const name = visit.variables.name ?? '';
    return (Object.hasOwn(files, name) && files[name]) || notFound(visit);
  },
});
