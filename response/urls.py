"""The addresses of the board, the incidents and the inbox."""

from django.urls import path

from response.views.board import board, board_part

app_name = "response"
urlpatterns = [
    path("board/", board, name="board"),
    path("board/parts/<slug:part>/", board_part, name="board_part"),
]
