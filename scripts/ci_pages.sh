#!/usr/bin/env bash
# What the GitHub Action runs. MODE is check, own-pages or shared-pages, ARGUMENTS more options of kwlint, BRANCH the
# branch to push to. Pages are committed, links are not fixed: a person decides about documents.
set -euo pipefail
read -r -a more <<< "${ARGUMENTS:-}"

case "$MODE" in
    check) exec kwlint --output-format github ${more[@]+"${more[@]}"} ;;
    own-pages) shared=() ;;
    shared-pages) shared=(--shared) ;;
    *) echo "::error::kwlint: mode is check, own-pages or shared-pages, not $MODE"; exit 2 ;;
esac

failed=0
kwlint --fix --select KW0 --stage ${shared[@]+"${shared[@]}"} || failed=$?
if ! git diff --cached --quiet; then
    git config user.name "github-actions[bot]"
    git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
    git commit --quiet --message "kwlint: pages regenerated"
    if ! git push --quiet origin "HEAD:refs/heads/$BRANCH"; then
        git fetch --quiet origin "$BRANCH"
        if git merge-base --is-ancestor FETCH_HEAD HEAD; then exit 1; fi
        echo "The branch has moved on: the run of its newest commit writes the pages."
    fi
fi
kwlint --output-format github ${shared[@]+"${shared[@]}"} ${more[@]+"${more[@]}"} || failed=$?
exit "$failed"
