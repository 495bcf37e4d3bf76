# A real sshd and a real HTTPS git server (HTTP/2) on loopback, with keys of their own, for as long as a test runs.
#
#   servers.sh start DIR BIN ROOT   everything that belongs to them goes into DIR; BIN gets an `ssh` that knows the server; the
#                                   web server serves the git repositories below ROOT
#   servers.sh stop DIR
#
# After start, DIR/env says: SSH_HOST, a name for scp-like URLs (git clone $SSH_HOST:/path); HTTPS_URL; SERVERS_CA, the
# certificate for http.sslCAInfo; SERVERS_ROOT; UNSIGNED_URL, the same web server with a certificate that nobody signed; SSH_PORT
# and HTTPS_PORT. Both run as the current user and need no configuration of the machine. SSHD_OPTIONS may hold lines for the
# server's configuration that win over those below, SSHD_MATCH some that come last. DIR/access.log has a line a request, which begins with the number of its
# connection; DIR/sshd.log has a line "Accepted publickey" a connection and "Starting session" a session. Further hosts
# for `ssh` go into DIR/ssh_hosts, at any time.
set -eu

main()
{
	verb=$1
	dir=$2
	case $verb in
	start)
		bin=$3
		root=$4
		start
		;;
	stop) stop ;;
	esac
}

start()
{
	trap 'status=$?; [ $status = 0 ] || { cat "$dir"/*.log >&2; stop; }; exit $status' EXIT
	ports=$(perl -I "$(dirname "$0")" -MPorts -e 'print join " ", map { free_port() } 1 .. 3')
	read -r ssh_port https_port unsigned_port <<-END
	$ports
	END
	start_sshd
	start_web
	await "$ssh_port" sshd
	await "$https_port" nginx
	cat >"$dir/env" <<-END
	SSH_HOST=fleet
	HTTPS_URL=https://localhost:$https_port
	SERVERS_CA=$dir/ca.pem
	SERVERS_ROOT=$root
	UNSIGNED_URL=https://localhost:$unsigned_port
	SSH_PORT=$ssh_port
	HTTPS_PORT=$https_port
	END
}

# By their own ids only: each is a process group, with the processes that it forked.
stop()
{
	for pid in "$dir"/*.pid; do
		if [ -s "$pid" ]; then
			kill -- "-$(cat "$pid")" 2>/dev/null || :
		fi
	done
}

# Waits until somebody answers on the port, at most 20 seconds.
await()
{
	perl -MIO::Socket::INET -e '
		for (1 .. 400) {
			exit 0 if IO::Socket::INET->new(PeerAddr => "127.0.0.1", PeerPort => $ARGV[0], Proto => "tcp");
			select undef, undef, undef, 0.05;
		}
		die "$ARGV[1]: nobody answers on port $ARGV[0]\n"' "$1" "$2"
}

start_sshd()
{
	ssh-keygen -q -t ed25519 -N '' -f "$dir/host_key"
	ssh-keygen -q -t ed25519 -N '' -f "$dir/user_key"
	cp "$dir/user_key.pub" "$dir/authorized_keys"
	echo "fleet $(cut -d' ' -f1,2 "$dir/host_key.pub")" >"$dir/known_hosts"
	# Cheap key exchange; an empty home, so that nobody's shell start-up files count.
	cat >"$dir/sshd_config" <<-END
	${SSHD_OPTIONS-}
	LogLevel VERBOSE
	ListenAddress 127.0.0.1:$ssh_port
	HostKey $dir/host_key
	AuthorizedKeysFile $dir/authorized_keys
	PidFile none
	StrictModes no
	UsePAM no
	PasswordAuthentication no
	KbdInteractiveAuthentication no
	PermitRootLogin yes
	PrintMotd no
	MaxStartups 100
	KexAlgorithms curve25519-sha256
	SetEnv HOME=$dir
	${SSHD_MATCH-}
	END
	: >"$dir/ssh_hosts"
	cat >"$dir/ssh_config" <<-END
	Include $dir/ssh_hosts
	Host fleet
	HostName 127.0.0.1
	Port $ssh_port
	Host *
	HostKeyAlias fleet
	User $(id -un)
	IdentityFile $dir/user_key
	IdentitiesOnly yes
	UserKnownHostsFile $dir/known_hosts
	GlobalKnownHostsFile /dev/null
	BatchMode yes
	END
	# ssh finds its configuration by the password file, not by $HOME.
	printf '#!/bin/sh\nexec %s -F %s "$@"\n' "$(command -v ssh)" "$dir/ssh_config" >"$bin/ssh"
	chmod +x "$bin/ssh"
	if [ "$(id -u)" = 0 ]; then
		mkdir -p /run/sshd
	fi
	run_as sshd "$(program sshd)" -D -e -f "$dir/sshd_config"
}

start_web()
{
	make_certificates 2>"$dir/openssl.log"
	cat >"$dir/nginx.conf" <<-END
	daemon off;
	pid $dir/nginx.own;
	error_log stderr;
	worker_processes 1;
	$([ "$(id -u)" != 0 ] || echo "user $(id -un) $(id -gn);")
	events { }
	http {
		log_format connections '\$connection \$server_protocol \$status \$request';
		access_log $dir/access.log connections;
		keepalive_requests 100000;
		client_max_body_size 0;
		client_body_temp_path $dir/body;
		proxy_temp_path $dir/proxy;
		fastcgi_temp_path $dir/fastcgi;
		uwsgi_temp_path $dir/uwsgi;
		scgi_temp_path $dir/scgi;
		server {
			listen 127.0.0.1:$https_port ssl http2;
			ssl_certificate $dir/cert.pem;
			ssl_certificate_key $dir/key.pem;
			include $dir/nginx.git;
		}
		server {
			listen 127.0.0.1:$unsigned_port ssl http2;
			ssl_certificate $dir/unsigned.pem;
			ssl_certificate_key $dir/key.pem;
			include $dir/nginx.git;
		}
	}
	END
	cat >"$dir/nginx.git" <<-END
	location / {
		fastcgi_pass unix:$dir/fcgiwrap.socket;
		fastcgi_param SCRIPT_FILENAME $(git --exec-path)/git-http-backend;
		fastcgi_param GIT_PROJECT_ROOT $root;
		fastcgi_param GIT_HTTP_EXPORT_ALL 1;
		fastcgi_param GIT_PROTOCOL \$http_git_protocol;
		fastcgi_param HTTP_CONTENT_ENCODING \$http_content_encoding;
		fastcgi_param PATH_INFO \$uri;
		fastcgi_param QUERY_STRING \$query_string;
		fastcgi_param REQUEST_METHOD \$request_method;
		fastcgi_param CONTENT_TYPE \$content_type;
		fastcgi_param CONTENT_LENGTH \$content_length;
		fastcgi_param REMOTE_ADDR \$remote_addr;
	}
	END
	run_as fcgiwrap "$(program fcgiwrap)" -c 4 -s "unix:$dir/fcgiwrap.socket"
	run_as nginx "$(program nginx)" -c "$dir/nginx.conf" -p "$dir" -e stderr
}

# An authority of our own, the server's certificate from it, and one that nobody signed.
make_certificates()
{
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=Test authority" \
		-keyout "$dir/ca.key" -out "$dir/ca.pem"
	openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost -keyout "$dir/key.pem" \
		-out "$dir/request.pem"
	echo subjectAltName=DNS:localhost,IP:127.0.0.1 >"$dir/names"
	openssl x509 -req -in "$dir/request.pem" -CA "$dir/ca.pem" -CAkey "$dir/ca.key" -CAcreateserial -days 2 \
		-extfile "$dir/names" -out "$dir/cert.pem"
	openssl x509 -req -in "$dir/request.pem" -key "$dir/key.pem" -days 2 -extfile "$dir/names" -out "$dir/unsigned.pem"
}

# run_as NAME COMMAND...: in the background and in a process group of its own, with DIR/NAME.log and DIR/NAME.pid.
run_as()
{
	name=$1
	shift
	setsid "$@" </dev/null >"$dir/$name.log" 2>&1 &
	echo $! >"$dir/$name.pid"
}

# Servers live outside of a user's PATH; sshd wants to be called by its whole name.
program()
{
	PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin command -v "$1"
}

main "$@"
