import { html } from '../../../platform/http/html.ts';
import { page } from '../kit/page.ts';
import { section } from '../kit/parts.ts';
import { notFound } from '../kit/screens.ts';
import { Report, reportBody } from './report.ts';

/** `/portal/students/{id}`: a student as whoever teaches them sees them. */
export const studentPage = page({
  path: '/portal/students/{id}',
  async get(visit) {
    const id = /^[1-9]\d{0,14}$/.exec(visit.variables.id ?? '')?.[0];
    if (!id) return notFound(visit);
    const report = await visit.api.get(`/grades/${id}`, Report);
    const { class_name, name, term } = report;
    return {
      title: name,
      body: html`${class_name && html`<p><a href="${visit.to(`/portal/classes/${encodeURIComponent(class_name)}`)}">${class_name}</a></p>`}
<h1>${name}</h1>${section('term', term.name, reportBody(visit, report))}`,
    };
  },
});
