# standard output and error are one file: the order of what commands say stays
# jobs: 1
dirs a b
config <<'END'
[a]
say = echo one; echo two >&2; echo three; echo four >&2
[b]
say = echo five >&2; echo six
END
run_merged mr say
