# syntax=docker/dockerfile:1
# The image of the server, with the CLI beside it. Nothing of the build stage but the two programs reaches the image.

# The same version as in rust-toolchain.toml. That file stays outside (.dockerignore), because rustup would follow it
# and fetch the tools for format and lints, which no image needs.
FROM rust:1.95.0-bookworm AS build
WORKDIR /build
COPY . .
# Both caches live outside the image, so the programs are copied away before the step ends.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --locked --release -p api -p admin-cli \
    && install -D --target-directory=/out target/release/greenroom-api target/release/greenroom

FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="Greenroom" \
      org.opencontainers.image.description="GraphQL content API for interview-preparation guides" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"

# A number that is known in advance: the owner of a volume, and what an orchestrator checks when it refuses root.
RUN groupadd --system --gid 10001 greenroom \
    && useradd --system --uid 10001 --gid greenroom --home-dir /data --no-create-home --shell /usr/sbin/nologin greenroom \
    && install -d -o greenroom -g greenroom -m 0750 /data
COPY LICENSE-MIT LICENSE-APACHE /usr/share/doc/greenroom/
COPY --from=build /out/ /usr/local/bin/

USER 10001:10001
WORKDIR /data
VOLUME /data
# Inside a container "this machine only" would be out of everybody's reach: who may connect is decided by the published
# port. The SQLite file stands in the volume, and the CLI in the same container finds it under the same name.
ENV GREENROOM_LISTEN=0.0.0.0:8080 \
    GREENROOM_DATABASE_URL=sqlite:/data/greenroom.db
EXPOSE 8080
# The server drains what is in flight when it gets this.
STOPSIGNAL SIGTERM
# There is no curl in the image: the program asks its own /readyz.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["greenroom-api", "--check-health"]
ENTRYPOINT ["greenroom-api"]
