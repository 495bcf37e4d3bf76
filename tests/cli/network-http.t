#!/usr/bin/perl
# What git knows of HTTP, against servers that want it: proxies, headers, cookies, certificates, redirects, compression, old protocols.
# Natively and by git the same is said and done; what should be native is, and the rest is left to git.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
BEGIN { $ENV{TMPDIR} //= '/dev/shm' if -w '/dev/shm' }
use GitWeb;
use MIME::Base64;
use MrTest;
use Ports;
use Servers;
use Test::More;
use TwoWays;

my $home = sandbox();
delete @ENV{grep { /_proxy$/i || /^(?:CURL_CA_BUNDLE|SSL_CERT_)/ } keys %ENV};
$ENV{GIT_CONFIG_NOSYSTEM} = 1;
my $two = TwoWays->new($home);
my $servers = Servers->start("$home/servers", "$home/root");
my $web = GitWeb->start($home, "$home/root");
my $proxy = GitWeb->start($home, "$home/root");
my $guarded = GitWeb->start($home, "$home/root", password => 'me:word');
my $six = GitWeb->start($home, "$home/root", address => '::1');
my ($proxy_url, $guarded_url) = map { $_->base } $proxy, $guarded;
my $nobody = 'http://127.0.0.1:' . closed_port();
my $ca = $servers->env('SERVERS_CA');
my $unsigned = $servers->env('UNSIGNED_URL') . '/good.git';

# How many requests of these lines a server saw meanwhile.
sub hits {
    my ($server, $from, $pattern) = @_;
    return scalar grep { /$pattern/ } $server->seen_since($from);
}

write_file('cookies', "127.0.0.1\tFALSE\t/\tFALSE\t0\tpass\tyes\n");
write_file('other-cookies', "127.0.0.1\tFALSE\t/\tFALSE\t0\tpass\tno\n");
write_file('broken.pem', "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n");

# [name, kind or URL, config, 'native' or why it is left to git]
my @header = ('http.extraHeader', 'X-Test: yes');
my $origin = $web->base;
my @cases = (
    ['plain', 'plain', [], 'native'],
    ['gzip', 'gzip', [], 'native'],
    ['old', 'old', [], 'it is no list of references'],
    ['one', 'one', [], 'it is no list of references'],
    ['version-0', 'plain', ['protocol.version', 0], 'protocol.version is not 2'],
    ['version-1', 'plain', ['protocol.version', 1], 'protocol.version is not 2'],
    ['dumb', 'dumb', [], 'the server says 404'],
    ['missing', $web->url('plain/missing.git'), [], 'the server says 404'],
    ['moved', 'moved', [], 'the server says 301'],
    ['moved-always', 'moved', ['http.followRedirects', 'true'], 'the server says 301'],
    ['moved-never', 'moved', ['http.followRedirects', 'false'], 'the server says 301'],
    ['header', 'header', [@header], 'native'],
    ['header-auth', 'auth', ['http.extraHeader', 'Authorization: Basic ' . encode_base64('user:secret', '')], 'native'],
    ['header-auth-wrong', 'auth', ['http.extraHeader', 'Authorization: Basic ' . encode_base64('user:no', '')], 'the server says 401'],
    ['header-none', 'header', [], 'the server says 403'],
    ['header-reset', 'header', [@header, 'http.extraHeader', ''], 'the server says 403'],
    ['header-anew', 'header', ['http.extraHeader', 'X-Test: no', 'http.extraHeader', '', @header], 'native'],
    ['header-two', 'header', [@header, 'http.extraHeader', 'X-More: more'], 'native'],
    ['header-here', 'header', ["http.$origin/header/good.git.extraHeader", 'X-Test: yes'], 'native'],
    ['header-host', 'header', ["http.$origin.extraHeader", 'X-Test: yes'], 'native'],
    ['header-part', 'header', ["http.$origin/hea.extraHeader", 'X-Test: yes'], 'the server says 403'],
    ['header-below', 'header', ["http.$origin/header/.extraHeader", 'X-Test: yes'], 'native'],
    ['header-port', 'header', ['http.http://127.0.0.1.extraHeader', 'X-Test: yes'], 'the server says 403'],
    ['header-scheme', 'header', ["http.@{[$origin =~ s/http/https/r]}.extraHeader", 'X-Test: yes'], 'the server says 403'],
    ['header-any', 'header', ["http.http://*:@{[$web->port]}.extraHeader", 'X-Test: yes'], 'is not understood'],
    ['cookie', 'cookie', ['http.cookieFile', "$home/cookies"], 'native'],
    ['cookie-home', 'cookie', ['http.cookieFile', '~/cookies'], 'native'],
    ['cookie-near', 'cookie', ['http.cookieFile', '../../cookies'], 'native'],
    ['cookie-other', 'cookie', ['http.cookieFile', "$home/other-cookies"], 'the server says 403'],
    ['cookie-gone', 'cookie', ['http.cookieFile', "$home/no-cookies"], 'the server says 403'],
    ['cookie-saved', 'cookie', ['http.cookieFile', "$home/cookies", 'http.saveCookies', 'true'], 'http.savecookies is set'],
    ['agent', 'agent', ['http.userAgent', 'special/1'], 'native'],
    ['agent-none', 'agent', [], 'the server says 403'],
    ['agent-here', 'agent', ['http.userAgent', 'x', "http.$origin.userAgent", 'special/1'], 'native'],
    ['agent-order', 'agent', ["http.$origin.userAgent", 'special/1', 'http.userAgent', 'x'], 'native'],
    ['agent-longer', 'agent', ["http.$origin/agent.userAgent", 'special/1', "http.$origin.userAgent", 'x'], 'native'],
    ['proxy', 'plain', ['http.proxy', $proxy_url], 'native'],
    ['proxy-bare', 'plain', ['http.proxy', $proxy_url =~ s{http://}{}r], 'native'],
    ['proxy-here', 'plain', ["http.$origin.proxy", $proxy_url, 'http.proxy', $nobody], 'native'],
    ['proxy-none', 'plain', ['http.proxy', $nobody, "http.$origin.proxy", ''], 'native'],
    ['proxy-dead', 'plain', ['http.proxy', $nobody], 'Failed to connect|Connection refused'],
    ['proxy-word', 'plain', ['http.proxy', $guarded_url =~ s{//}{//me:word@}r], 'native'],
    ['proxy-wrong', 'plain', ['http.proxy', $guarded_url =~ s{//}{//me:wrong@}r], 'the server says 407'],
    ['proxy-nobody', 'plain', ['http.proxy', $guarded_url], 'the server says 407'],
    ['proxy-way', 'plain', ['http.proxy', $proxy_url, 'http.proxyAuthMethod', 'basic'], 'http.proxyauthmethod is set'],
    ['proxy-remote', 'plain', ['remote.origin.proxy', $proxy_url], 'remote.origin.proxy is set'],
    ['proxy-https', $servers->https('good.git'), ['http.proxy', $proxy_url], 'native'],
    ['proxy-https-word', $servers->https('good.git'), ['http.proxy', $guarded_url =~ s{//}{//me:word@}r], 'native'],
    ['proxy-https-wrong', $servers->https('good.git'), ['http.proxy', $guarded_url =~ s{//}{//me:wrong@}r], 'the proxy refuses'],
    ['https', $servers->https('good.git'), [], 'native'],
    ['https-1.1', $servers->https('good.git'), ['http.version', 'HTTP/1.1'], 'native'],
    ['https-2', $servers->https('good.git'), ['http.version', 'HTTP/2'], 'native'],
    ['https-ca', $servers->https('good.git'), ['http.sslCAInfo', "$home/none.pem", 'http.sslCAInfo', $ca], 'native'],
    ['https-ca-near', $servers->https('good.git'), ['http.sslCAInfo', '../../servers/ca.pem'], 'native'],
    ['https-ca-none', $servers->https('good.git'), ['http.sslCAInfo', "$home/none.pem"], ''],
    ['https-ca-broken', $servers->https('good.git'), ['http.sslCAInfo', "$home/broken.pem"], ''],
    ['https-cert', $servers->https('good.git'), ['http.sslCert', "$home/servers/cert.pem", 'http.sslKey', "$home/servers/key.pem"], 'http.ssl\w+ is set'],
    ['unsigned', $unsigned, [], 'certificate'],
    ['unsigned-fine', $unsigned, ['http.sslVerify', 'false'], 'native'],
    ['unsigned-here', $unsigned, ["http.$unsigned.sslVerify", 'no'], 'native'],
    ['unsigned-there', $unsigned, ['http.' . $servers->https('') . '.sslVerify', 'no'], 'certificate'],
);
push @cases, ['six', $six->url('plain/good.git'), [], 'native'],
    ['six-name', $six->url('plain/good.git') =~ s{//}{//user@}r, [], 'native'],
    ['six-header', $six->url('header/good.git'), [@header], 'native'],
    ['six-there', $six->url('plain/good.git'), ["http.$origin.proxy", $nobody], 'is set'],
    ['six-proxy', $six->url('plain/good.git'), ['http.proxy', $proxy_url], 'native'] if $six;
for (@cases) {
    my ($name, $where, $config) = @$_;
    $two->add($name, $where =~ /:/ ? $where : $web->url("$where/good.git"), config => $config);
}
$two->add("$_-new", $web->url("$_/good.git"), news => 1) for qw(plain gzip old one moved dumb);
$two->add('proxy-new', $web->url('plain/good.git'), news => 1, config => ['http.proxy', $proxy_url]);
$two->add('header-new', $web->url('header/good.git'), news => 1, config => [@header]);
my ($from, $from_proxy) = ($web->seen, $proxy->seen);
my $ways = $two->compare('settings', {});
for (@cases) {
    my ($name, undef, undef, $way) = @$_;
    $way eq 'native' ? $two->is_native($ways, $name) : $two->is_left($ways, $name, qr/$way/);
}
cmp_ok(hits($web, $from, qr{^POST /gzip/.*git-protocol=version=2}), '>=', 4, 'the server was asked by the service');
cmp_ok(hits($proxy, $from_proxy, qr{^POST http:}), '>=', 8, '... the proxy as well');
cmp_ok(hits($proxy, $from_proxy, qr{^CONNECT localhost:}), '>=', 4, '... also as a tunnel');
cmp_ok(hits($web, $from, qr{^POST /header/.* x-more=more}), '>=', 2, 'two headers');

# Environments.
my @environments = (
    [{http_proxy => $proxy_url}, {plain => 'native', https => 'native', 'proxy-none' => 'native'}],
    [{https_proxy => $proxy_url}, {plain => 'native', https => 'native'}],
    [{HTTPS_PROXY => $nobody}, {plain => 'native', https => ''}],
    [{ALL_PROXY => $proxy_url, no_proxy => 'localhost'}, {plain => 'native', https => 'native'}],
    [{http_proxy => $nobody, https_proxy => $nobody, no_proxy => '127.0.0.1,localhost'}, {plain => 'native', https => 'native', 'proxy' => 'native'}],
    [{http_proxy => $nobody, NO_PROXY => '*'}, {plain => 'native', 'proxy-dead' => 'native'}],
    [{http_proxy => $guarded_url =~ s{//}{//me:word@}r}, {plain => 'native'}],
    [{GIT_HTTP_USER_AGENT => 'special/2'}, {plain => 'native', 'agent-none' => 'native', agent => 'native'}],
    [{GIT_SSL_CAINFO => $ca}, {https => 'native', 'https-ca-none' => 'native', unsigned => 'certificate'}],
    [{GIT_SSL_CAINFO => "$home/none.pem"}, {plain => 'native', https => ''}],
    [{GIT_SSL_NO_VERIFY => 1}, {https => 'native', unsigned => 'native'}],
    [{GIT_SSL_CERT => "$home/servers/cert.pem"}, {plain => 'GIT_SSL_CERT is set'}],
    [{GIT_SMART_HTTP => 0}, {plain => 'GIT_SMART_HTTP is set'}],
    [{GIT_PROTOCOL => 'version=1'}, {plain => 'GIT_PROTOCOL is set'}],
);
$two->{actions} = ['update'];
for (@environments) {
    my ($environment, $expected) = @$_;
    my $title = join ' ', map { "$_=$environment->{$_}" =~ s/\Q$home\E/.../r } sort keys %$environment;
    my ($from) = $proxy->seen;
    my $ways = $two->compare($title, $environment, sort keys %$expected);
    for my $name (sort keys %$expected) {
        my $way = $expected->{$name};
        $way eq 'native' ? $two->is_native($ways, $name) : $two->is_left($ways, $name, qr/$way/);
    }
    my ($variable) = grep { /^(?:http|https|all)_proxy$/i && $environment->{$_} eq $proxy_url } keys %$environment;
    cmp_ok(hits($proxy, $from, qr{^(?:CONNECT|POST http)}), '>=', 2, "$title: by the proxy") if $variable;
}
done_testing();
