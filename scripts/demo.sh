#!/bin/sh
# The main job on the bundled demo data; `make demo` calls it with MATCHER_HOME and PATH set.
set -eu
demo=data/demo
mkdir -p "$MATCHER_HOME"
report="$MATCHER_HOME/匹配结果.xlsx"

echo "== Importing the demo talent database, ledger and questionnaires (all fictional) / 导入演示数据（均为虚构）"
for what in experts demands ledger; do
    status=0
    matcher import "$what" "$demo/$what.xlsx" || status=$?
    # 1 means that single rows were rejected with a reason; the rest is in.
    [ "$status" -le 1 ] || exit "$status"
done

echo
echo "== Ranked experts of three demands, with reasons / 三个需求的专家名单与依据"
matcher match X01 X10 X22 --top 3

echo
echo "== Two needs in one questionnaire, each with its own expert / 一份问卷两件事，拆开后各自匹配"
matcher demand split X06 --accept
matcher match X06 --top 1

echo
echo "== Report for all demands / 全部需求的报告"
matcher match --all --top 10 --format xlsx --output "$report"

cat <<TEXT

Done. The report / 报告: $report
Next / 接下来可以试:
  export MATCHER_HOME="$MATCHER_HOME" PATH="$PWD/.venv/bin:\$PATH"
  matcher match --text "地里返白霜，苗老是死"
  matcher match X10 --purpose 院士专家工作站
  matcher explain X01 D100
  matcher match --expert D024
  matcher template experts 专家表.xlsx
  matcher --help
TEXT
