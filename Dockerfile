# Campus as `npm start` runs it, on embedded engines: docker compose up. For AWS see docs/deploy.md.

FROM node:24-bookworm-slim AS dependencies
WORKDIR /campus
COPY package.json package-lock.json ./
# What `npm ci` runs at its end; the command line is not built here, since what it is made of is not copied.
COPY tools/installed.mjs tools/
COPY cli/build.mjs cli/
RUN npm ci --strict-allow-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production
# All addresses of the container; compose.yaml says which of the machine's lead here.
ENV HOST=0.0.0.0 PORT=3000 CAMPUS_DATA=/data HOME=/tmp
WORKDIR /campus
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin campus && install --directory --owner=campus --mode=700 /data
COPY --from=dependencies /campus/node_modules node_modules/
COPY . .
USER 10001
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=6 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/status').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Not through npm: signals then reach Campus itself, which ends its engines in order.
CMD ["node", "localstack/start.mjs"]
