# shellcheck shell=bash disable=SC2154 # the pieces of one program know each other's variables
# Finds out what the tests need and this machine lacks, and installs it: Debian packages on Debian and Ubuntu, Cargo's
# checking tools everywhere. Says what it does before it does it.

node_version=20.20.2
node_folder=''
services_held=()

install_missing() {
  local packages=()
  find_rust
  has_compiler || packages+=(gcc libc6-dev)
  has curl || packages+=(curl ca-certificates)
  # cargo-deny fetches its advisories with it.
  has git || packages+=(git)
  if ((with_postgres)); then postgres_binaries >/dev/null || packages+=(postgresql); fi
  if ((with_redis)); then has redis-server && has redis-cli || packages+=(redis-server); fi
  if ((with_clients)); then
    has node || packages+=(nodejs)
    has npm || packages+=(npm)
  fi
  if ((${#packages[@]})); then install_packages "${packages[@]}"; fi

  has_compiler || die 'the C compiler does not work: cc cannot link an empty program'
  install_toolchain
  if ((with_deny)); then install_tool cargo-deny 0.20.2; fi
  install_tool cargo-machete 0.9.2
  if ((with_clients)); then find_node; fi
}

has() {
  command -v "$1" >/dev/null
}

# A compiler without the C library's files is there and still of no use.
has_compiler() {
  has cc && cc -xc -o /dev/null - <<<'int main(void) { return 0; }' 2>/dev/null
}

find_rust() {
  if ! has cargo; then PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin; fi
  has cargo || die 'Rust is missing. Install rustup (https://rustup.rs, or the package rustup where there is one)' \
    'and run ./test again; the toolchain itself is pinned in rust-toolchain.toml.'
}

install_toolchain() {
  if cargo --version && cargo fmt --version && cargo clippy --version; then return; fi >/dev/null 2>&1
  local channel
  channel=$(sed -n 's/^channel = "\(.*\)"$/\1/p' rust-toolchain.toml)
  has rustup || die "Rust $channel with rustfmt and clippy is needed, and there is no rustup to install it."
  echo "installing the Rust toolchain $channel with rustfmt and clippy"
  rustup toolchain install "$channel" --profile minimal --component rustfmt --component clippy ||
    die "rustup could not install Rust $channel"
}

# install_tool NAME VERSION: the version is the one these checks were written with; another one that is there is used.
install_tool() {
  if cargo "${1#cargo-}" --version >/dev/null 2>&1; then return; fi
  echo "installing $1 $2 with cargo"
  # Not into the project's own target folder: it would stay there.
  env -u CARGO_TARGET_DIR cargo install --locked "$1@$2" || die "cargo could not install $1"
}

install_packages() {
  if ! has apt-get; then
    die "this machine lacks what Debian calls: $*" 'Install it with the tools of your system, then run ./test again.'
  fi
  local sudo=()
  if ((EUID != 0)); then
    has sudo || die "there is no sudo. As root: apt-get install --no-install-recommends $*"
    sudo=(sudo)
    # Without a terminal nobody can type a password: better to fail than to wait.
    if [[ ! -t 0 ]]; then sudo+=(-n); fi
  fi
  echo "installing Debian packages: $*"
  hold_services
  local apt=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
    apt-get -q -y -o DPkg::Lock::Timeout=120)
  "${apt[@]}" update </dev/null || die 'apt-get update failed'
  "${apt[@]}" install --no-install-recommends "$@" </dev/null || die "apt-get could not install: $*"
  allow_services
  # Nor is it to start with the machine from now on.
  if [[ -d /run/systemd/system && " $* " == *' redis-server '* ]]; then
    "${sudo[@]}" systemctl disable --quiet redis-server || true
  fi
}

# hold_services, allow_services: Debian starts a server as soon as it is installed, and PostgreSQL makes a database.
# The tests start their own, so for as long as apt-get runs, both are refused in the way that Debian offers for it.
hold_services() {
  if [[ ! -e /usr/sbin/policy-rc.d ]]; then
    services_held+=(/usr/sbin/policy-rc.d)
    printf '#!/bin/sh\nexit 101\n' | "${sudo[@]}" tee /usr/sbin/policy-rc.d >/dev/null
    "${sudo[@]}" chmod 755 /usr/sbin/policy-rc.d
  fi
  local folder=/etc/postgresql-common/createcluster.d
  services_held+=("$folder/greenroom-test.conf")
  "${sudo[@]}" mkdir -p "$folder"
  echo 'create_main_cluster = false' | "${sudo[@]}" tee "$folder/greenroom-test.conf" >/dev/null
}

allow_services() {
  local file
  for file in "${services_held[@]}"; do
    if ((EUID == 0)); then rm -f "$file"; else sudo rm -f "$file"; fi
  done
  services_held=()
}

# Debian 12 and the Ubuntu of its years have a Node that is too old for the frontend tools. The npm registry carries
# the program itself as a package; it goes into the target folder and serves nothing else.
find_node() {
  node_is_new node && return
  local machine tools
  case $(uname -sm) in
    'Linux x86_64') machine=linux-x64 ;;
    'Linux aarch64') machine=linux-arm64 ;;
    *) die 'Node is older than 20.19. Install a newer one, then run ./test again.' ;;
  esac
  mkdir -p "$(target_folder)"
  tools=$(cd "$(target_folder)" && pwd)/test-tools
  node_folder=$tools/node_modules/node-$machine/bin
  node_is_new "$node_folder/node" && return
  echo "installing Node $node_version with npm, for the frontend tools only (the one here is $(node --version))"
  npm install --prefix "$tools" --no-save --ignore-scripts --no-audit --no-fund "node-$machine@$node_version" ||
    die "npm could not install Node $node_version"
  node_is_new "$node_folder/node" || die "the Node that npm installed does not run: $node_folder/node"
}

node_is_new() {
  "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
    2>/dev/null
}
