"""Modules become one classic script that does the same."""

import pytest

from overdue_guide.bundle import NotBundled, bundle

MODULES = {
    "main.mjs": (
        'import{twice as double,Box}from"./lib/math.mjs";import{later}from"./again.mjs";'
        'const{lazy}=await0();function await0(){return{lazy:()=>import("./lib/lazy.mjs")}}'
        "lazy().then((part)=>console.log(JSON.stringify([double(3),new Box().size,later(),part.word])));"
    ),
    "lib/math.mjs": (
        'export{later}from"../again.mjs";const twice=(n)=>n*2;export{twice};'
        "export class Box{get size(){return side}}export const side=4;"
    ),
    "again.mjs": "export async function*many(){}export function later(){return 5}",
    "lib/lazy.mjs": 'export let word="say";word="said";',
}


def test_only_what_is_needed_is_in_a_bundle() -> None:
    assert "Box" not in bundle("again.mjs", MODULES)


@pytest.mark.parametrize(
    "source",
    ['import all from"./again.mjs";', 'import*as all from"./again.mjs";', "export default 1;"],
)
def test_what_cannot_be_bundled_is_refused(source: str) -> None:
    with pytest.raises(NotBundled):
        bundle("main.mjs", {**MODULES, "main.mjs": source})


def test_a_missing_module_is_refused() -> None:
    with pytest.raises(NotBundled, match=r"gone\.mjs"):
        bundle("main.mjs", {"main.mjs": 'import"./gone.mjs";'})
